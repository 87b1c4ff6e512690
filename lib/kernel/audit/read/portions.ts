import type { AuditEntry, AuditFilters } from '@/lib/kernel/audit/contract'
import type { WhichLog } from '@/lib/kernel/audit/read/conditions'
import { type EntryPosition, type FoundEntries, readEntries } from '@/lib/kernel/audit/read/entries'
import type { Database } from '@/lib/kernel/db/transaction'

/** Entries that one statement reads. */
const AT_ONCE = 1_000

/**
 * All entries of a log, the newest first, in portions. Each is a statement of its own: however slowly a reader takes them, no
 * connection waits for that, and what is recorded meanwhile lies before the first.
 */
export async function* portionsOfLog(db: Database, log: WhichLog, filters: AuditFilters): AsyncGenerator<AuditEntry[]> {
  let after: EntryPosition | null = null
  for (;;) {
    const asked = { log, filters, direction: 'desc', after, limit: AT_ONCE } as const
    const { entries, looked_to }: FoundEntries = await readEntries(db, asked)
    if (entries.length > 0) yield entries
    const last = entries.at(-1)
    after = looked_to ?? (entries.length === AT_ONCE && last ? { at: last.at.toISOString(), id: last.id } : null)
    if (!after) return
  }
}
