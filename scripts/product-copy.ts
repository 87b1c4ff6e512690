import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect } from 'vitest'

const execute = promisify(execFile)

/** What the runner of these tests says to its own processes must not reach those that they start. */
export const ENVIRONMENT = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|DATABASE_|DATA_DIR)/.test(name))),
  NODE_ENV: 'test' as const,
}

type ProductCopy = {
  folder: () => string
  /** Runs a program in the copy. Rejects, with its output, when it fails. */
  run: (program: string, ...args: string[]) => Promise<string>
  /** Changes a file of the copy; it is an error if nothing changes. */
  edit: (path: string, change: (text: string) => string) => Promise<void>
}

const whole = ['-c', 'git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$0"']

/**
 * A copy of the product as a fresh clone has it, committed, with the packages installed. Call it at the top of a test file.
 * @param prepare what is done in it before the tests
 */
export function useProductCopy(prepare: (copy: ProductCopy) => Promise<void>): ProductCopy {
  let folder = ''
  const run = async (program: string, ...args: string[]) => {
    const { stdout } = await execute(program, args, { cwd: folder, env: ENVIRONMENT, maxBuffer: 100_000_000 })
    return stdout
  }
  const edit = async (path: string, change: (text: string) => string) => {
    const before = await readFile(join(folder, path), 'utf8')
    const after = change(before)
    expect(after, `nothing changed in ${path}`).not.toBe(before)
    await writeFile(join(folder, path), after)
  }
  const copy = { folder: () => folder, run, edit }
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'latchkey-copy-'))
    await execute('sh', [...whole, folder])
    await run('git', 'init', '--quiet')
    await run('git', 'add', '--all')
    await run('git', '-c', 'user.name=copy', '-c', 'user.email=copy@acme.test', 'commit', '--quiet', '-m', 'As it is')
    // Links are enough on one disk, and Next wants the packages inside the folder.
    const packages = join(process.cwd(), 'node_modules')
    await run('sh', '-c', `cp -al "$0" node_modules 2>/dev/null || cp -r "$0" .`, packages)
    await prepare(copy)
    await run('node_modules/.bin/prisma', 'generate')
  }, 180_000)
  afterAll(() => rm(folder, { recursive: true, force: true }))
  return copy
}
