import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { env } from '@/lib/base/node/env'
import { CommandRefused } from '@/lib/cli/command-refused'
import { onDatabase } from '@/lib/cli/on-database'
import { printJson, printTable } from '@/lib/cli/output'
import { scan } from '@/lib/cli/scan/scan'
import { UsageError } from '@/lib/cli/usage-error'
import { keyPrefix } from '@/lib/keys/format'
import type { KnownKey } from '@/lib/keys/read/find-by-secret'
import { hasDatabase } from '@/lib/server/postgres/data-folder'
import { failure } from '@/lib/server/process/report'

const asked = (known: Map<string, KnownKey> | null, key: string) => known && (known.get(key) ?? null)

/** `keys scan`: for CI, and before a commit. */
export function addScanCommand(keys: Command) {
  keys
    .command('scan')
    .description('find keys in files; exit 1 when there are any')
    .argument('<paths...>', 'folders and files')
    .option('--offline', 'do not ask the database which of them are known here')
    .option('--json', 'print JSON')
    .action(async (paths: string[], { json, offline }: { json?: boolean; offline?: boolean }) => {
      const missing = paths.find((path) => !existsSync(path))
      if (missing !== undefined) throw new UsageError(`There is no ${missing}.`)
      const { found, files_read, skipped } = await scan(paths)
      const known = offline ? null : await findKnown(found.map(({ key }) => key))
      // The keys themselves are printed nowhere: logs of CI are read by many.
      const rows = found.map(({ key, ...place }) => ({
        ...place,
        key_prefix: keyPrefix(key),
        known: asked(known, key),
      }))
      if (json) printJson({ found: rows, files_read, skipped, asked_database: known !== null })
      else {
        if (rows.length > 0) {
          printTable(rows, {
            place: ({ file, line, column }) => `${file}:${line}:${column}`,
            prefix: ({ key_prefix }) => key_prefix,
            key: ({ known: key }) =>
              key ? `${key.name} of ${key.organization}, ${key.status}` : known && 'not known here',
          })
        }
        console.log(`${files_read} files read, ${skipped.length} skipped.`)
      }
      if (found.length > 0) {
        throw new CommandRefused(
          `${found.length === 1 ? 'A key was' : `${found.length} keys were`} found. Revoke what is in use.`,
        )
      }
    })
}

/**
 * Which of the keys are known here. Asked only where a database is: none is made for it.
 * @returns null where nobody could be asked
 */
async function findKnown(keys: string[]): Promise<Map<string, KnownKey> | null> {
  if (keys.length === 0 || !(env.DATABASE_URL || hasDatabase(env.DATA_DIR))) return null
  try {
    return await onDatabase(async () => {
      const { findBySecret } = await import('@/lib/keys/read/find-by-secret')
      const { platformContext } = await import('@/lib/people/organizations/platform-context')
      return findBySecret(platformContext(), keys)
    })
  } catch (error) {
    // What was found is told all the same.
    failure(error)
    return null
  }
}
