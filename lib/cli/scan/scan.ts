import { readFile } from 'node:fs/promises'
import { walk } from '@/lib/cli/scan/walk'
import { findKeys } from '@/lib/keys/format'

/** A key in a file. Lines and columns are counted from 1, columns in UTF-16 units, as editors do. */
type FoundKey = { file: string; line: number; column: number; key: string }

export type Scan = {
  found: FoundKey[]
  files_read: number
  skipped: { file: string; why: string }[]
}

/** In bytes. What has a NUL within them is no text, as git judges too. */
const LOOKED_AT = 8_000

/**
 * Looks for keys of this installation's brand in files, by their form and checksum. Asks nobody.
 * @param paths files and folders
 * @throws Error ENOENT when one of them is not there
 */
export async function scan(paths: readonly string[]): Promise<Scan> {
  const result: Scan = { found: [], files_read: 0, skipped: [] }
  for (const start of paths) {
    for await (const { path: file, why_skipped } of walk(start)) {
      const content = why_skipped ?? (await readText(file))
      if (typeof content === 'string') result.skipped.push({ file, why: content })
      else {
        result.files_read += 1
        result.found.push(...keysIn(file, content.text))
      }
    }
  }
  return result
}

/** @returns the text, or why there is none */
async function readText(file: string): Promise<{ text: string } | 'cannot be read' | 'binary'> {
  const bytes = await readFile(file).catch(() => null)
  if (!bytes) return 'cannot be read'
  // Keys are ASCII, so any encoding that keeps it will do.
  return bytes.subarray(0, LOOKED_AT).includes(0) ? 'binary' : { text: bytes.toString('latin1') }
}

function keysIn(file: string, text: string): FoundKey[] {
  return findKeys(text).map(({ key, index }) => {
    const before = text.slice(0, index)
    const line = before.split('\n').length
    return { file, line, column: index - before.lastIndexOf('\n'), key }
  })
}
