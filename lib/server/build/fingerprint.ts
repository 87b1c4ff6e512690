import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf } from '@/lib/server/process/start-error'

async function filesIn(path: string): Promise<string[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true })
    const nested = entries.map((entry) => {
      const inner = join(path, entry.name)
      return entry.isDirectory() ? filesIn(inner) : [inner]
    })
    return (await Promise.all(nested)).flat()
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR') return [path]
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
}

/** A hash of the names and contents of all files in `paths`. Unlike their times, it survives a checkout or a copy. */
export async function fingerprint(paths: readonly string[], counts: (file: string) => boolean = () => true) {
  const files = (await Promise.all(paths.map(filesIn))).flat().filter(counts).sort()
  const hashes = await Promise.all(
    files.map(
      async (file) =>
        `${file} ${createHash('sha256')
          .update(await readFile(file))
          .digest('hex')}`,
    ),
  )
  return createHash('sha256').update(hashes.join('\n')).digest('hex')
}
