import type { Stats } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** What others keep their own books in, or what is fetched again with one command. */
const NEVER_ENTERED = new Set(['.git', 'node_modules'])

/** Longer files are data, not what people write. */
const LONGEST = 10 * 1024 * 1024

export type Walked = { path: string; why_skipped: null | 'not a regular file' | 'longer than 10 MB' }

/**
 * Each file at or below `path`. Folders named `.git` and `node_modules` are not entered, unless they are named; links are not
 * followed, so that nothing outside is read and no circle is walked.
 * @throws Error ENOENT when there is no such path
 */
export async function* walk(path: string): AsyncGenerator<Walked> {
  const found = await lstat(path)
  if (found.isDirectory()) return yield* enter(path)
  yield judge(path, found)
}

async function* enter(folder: string): AsyncGenerator<Walked> {
  const entries = await readdir(folder, { withFileTypes: true })
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (!entry.isDirectory()) yield judge(path, await lstat(path))
    else if (!NEVER_ENTERED.has(entry.name)) yield* enter(path)
  }
}

function judge(path: string, found: Stats): Walked {
  if (!found.isFile()) return { path, why_skipped: 'not a regular file' }
  return { path, why_skipped: found.size > LONGEST ? 'longer than 10 MB' : null }
}
