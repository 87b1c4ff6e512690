import type { SortKey } from '@/lib/contracts/page'
import type { AuditFilters, AuditLogPage } from '@/lib/kernel/audit/contract'
import type { WhichLog } from '@/lib/kernel/audit/read/conditions'
import { type EntryPosition, readEntries } from '@/lib/kernel/audit/read/entries'
import type { Database } from '@/lib/kernel/db/transaction'
import { openCursor, sealCursor } from '@/lib/kernel/listing/cursor'

type Asked = AuditFilters & { sort: SortKey<'at'>[]; limit: number; cursor?: string | undefined }

/**
 * A page of a log. The caller has checked that the actor may see it.
 * @throws DomainError invalid_cursor
 */
export async function pageOfLog(db: Database, log: WhichLog, asked: Asked): Promise<AuditLogPage> {
  const { sort, limit, cursor, ...filters } = asked
  const direction = sort[0]?.direction ?? 'desc'
  const list = JSON.stringify(['audit', log, direction, filters])
  const after = cursor === undefined ? null : positionIn(openCursor(list, cursor))
  const { entries, looked_to } = await readEntries(db, { log, filters, direction, after, limit: limit + 1 })
  const data = entries.slice(0, limit)
  const cursorBehind = ({ at, id }: EntryPosition) => sealCursor(list, [at, id])
  if (looked_to) return { data, has_more: true, next_cursor: cursorBehind(looked_to), incomplete: true }
  const last = data.at(-1)
  if (entries.length <= limit || !last) return { data, has_more: false, next_cursor: null }
  return { data, has_more: true, next_cursor: cursorBehind({ at: last.at.toISOString(), id: last.id }) }
}

const positionIn = ([at = '', id = '']: string[]): EntryPosition => ({ at, id })
