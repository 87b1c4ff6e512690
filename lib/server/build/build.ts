import { cp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fingerprint } from '@/lib/server/build/fingerprint'
import { withFileLock } from '@/lib/server/process/file-lock'
import { runPackageProgram } from '@/lib/server/process/run-package-program'

const LOCK = 'node_modules/.cache/latchkey/build.lock'

type Options = { signal: AbortSignal; progress: (text: string) => void }

function alone<Result>({ signal, progress }: Options, work: () => Promise<Result>): Promise<Result> {
  const onWait = (pid: number) => progress(`waiting for process ${pid}, which is building`)
  return withFileLock(LOCK, { signal, onWait }, work)
}

const CLIENT_STAMP = 'lib/kernel/db/generated/sources'
const CLIENT_SOURCES = ['prisma/schema.prisma', 'prisma.config.ts', 'node_modules/prisma/package.json']

/** Makes the Prisma client if it is missing or older than the schema. */
export async function ensureClient(options: Options): Promise<{ made: boolean }> {
  const isCurrent = async () =>
    (await readFile(CLIENT_STAMP, 'utf8').catch(() => null)) === (await fingerprint(CLIENT_SOURCES))
  if (await isCurrent()) return { made: false }
  return alone(options, async () => {
    if (await isCurrent()) return { made: false }
    const sources = await fingerprint(CLIENT_SOURCES)
    options.progress('making the database client')
    await runPackageProgram('node_modules/prisma/build/index.js', ['generate'], options)
    await writeFile(CLIENT_STAMP, sources)
    return { made: true }
  })
}

const BUILDS = '.next'
/** Where Next builds: always the same folder, since its cache is good for that folder only. */
const WORKSHOP = join(BUILDS, 'build')
const KEPT_BUILDS = 3

const PAGE_SOURCES = [
  ...['app', 'components', 'lib', 'public', 'prisma/schema.prisma', 'package-lock.json', 'tsconfig.json'],
  // The index of the search is made with the pages.
  ...['docs/guides', 'docs/operating.md'],
  ...['next.config.mjs', 'postcss.config.mjs', 'proxy.ts', 'instrumentation.ts', 'instrumentation-client.ts'],
]
const isPageSource = (file: string) => !file.startsWith('lib/kernel/db/generated/') && !/\.test\.tsx?$/.test(file)

/** Each state of the sources has a build of its own, so that building anew takes nothing from a server that runs. */
async function pagesFolder(): Promise<string> {
  return join(BUILDS, (await fingerprint(PAGE_SOURCES, isPageSource)).slice(0, 16))
}

async function isBuilt(folder: string): Promise<boolean> {
  return (await stat(join(folder, 'BUILD_ID')).catch(() => null)) !== null
}

/**
 * Builds the pages if there is no build of the sources as they are.
 * @returns the folder to serve
 */
export async function ensurePages(options: Options): Promise<{ made: boolean; folder: string }> {
  const found = await pagesFolder()
  if (await isBuilt(found)) return { made: false, folder: found }
  return alone(options, async () => {
    const folder = await pagesFolder()
    if (await isBuilt(folder)) return { made: false, folder }
    options.progress('building the pages, a minute or so')
    const env = { LATCHKEY_BUILD: WORKSHOP }
    await runPackageProgram('node_modules/next/dist/bin/next', ['build'], { ...options, env })
    await publish(folder)
    return { made: true, folder }
  })
}

/** Moves a copy of what was built into its place, in one step; the oldest builds make room. */
async function publish(folder: string) {
  const draft = `${folder}.draft`
  await rm(draft, { recursive: true, force: true })
  const cache = join(WORKSHOP, 'cache')
  await cp(WORKSHOP, draft, { recursive: true, verbatimSymlinks: true, filter: (source) => source !== cache })
  await rename(draft, folder)
  await removeOldBuilds()
}

async function removeOldBuilds() {
  const names = (await readdir(BUILDS)).filter((name) => /^[0-9a-f]{16}$/.test(name))
  const ages = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(BUILDS, name))).mtimeMs })))
  const old = ages.toSorted((a, b) => b.at - a.at).slice(KEPT_BUILDS)
  for (const { name } of old) await rm(join(BUILDS, name), { recursive: true, force: true })
}

/** A build that is served counts as new. */
export async function markServed(folder: string) {
  const now = new Date()
  await utimes(join(BUILDS, basename(folder)), now, now)
}
