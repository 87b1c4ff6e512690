import { randomBytes } from 'node:crypto'
import { link, open, readFile, rm } from 'node:fs/promises'
import { codeOf, StartError } from '@/lib/server/process/start-error'

/** The file's text, or null when there is none. */
export async function readKept(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    if (codeOf(error) === 'EACCES') {
      throw new StartError(`${file} belongs to another user. Run as that user, or set DATA_DIR to another folder.`)
    }
    throw error
  }
}

/**
 * The text kept in `file`; made on first use, readable by this user only. Two processes that make it at once get the
 * same text: the whole file appears in one step, and the first one stays.
 */
export async function keep(file: string, make: () => string): Promise<string> {
  const kept = await readKept(file)
  if (kept !== null) return kept
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  const handle = await open(draft, 'wx', 0o600)
  await handle.writeFile(`${make()}\n`)
  await handle.sync()
  await handle.close()
  try {
    await link(draft, file)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    await rm(draft, { force: true })
  }
  return keep(file, make)
}
