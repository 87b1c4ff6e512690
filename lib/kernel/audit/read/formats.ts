import { writeReply } from '@/lib/contracts/encode'
import { visible } from '@/lib/contracts/visible'
import { type AuditEntry, auditEntry, type ExportFormat } from '@/lib/kernel/audit/contract'

/** How an export is written. */

/** What a spreadsheet takes for the beginning of a formula, in ASCII and in full width. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/

/**
 * A cell (RFC 4180). A spreadsheet calculates nothing of it: a quote before what would be a formula has it taken for text.
 * No hidden character changes how a line reads, and none ends it.
 */
function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  const safe = `${FORMULA.test(text) ? "'" : ''}${visible(text)}`
  return `"${safe.replaceAll('"', '""')}"`
}

const COLUMNS: Record<string, (entry: AuditEntry) => unknown> = {
  id: ({ id }) => id,
  organization_id: ({ organization_id }) => organization_id,
  at: ({ at }) => at.toISOString(),
  actor_kind: ({ actor }) => actor.kind,
  actor_id: ({ actor }) => actor.id,
  actor: ({ actor }) => actor.label,
  actor_name: ({ actor }) => actor.name,
  action: ({ action }) => action,
  target_kind: ({ target }) => target.kind,
  target_id: ({ target }) => target.id,
  target: ({ target }) => target.label,
  target_name: ({ target }) => target.name,
  environment: ({ environment }) => environment,
  sequence: ({ sequence }) => sequence,
  before: ({ before }) => before,
  after: ({ after }) => after,
  reason: ({ reason }) => reason,
  address: ({ address }) => address,
  user_agent: ({ user_agent }) => user_agent,
  request_id: ({ request_id }) => request_id,
  position: ({ position }) => position,
  hash: ({ hash }) => hash,
}

const line = (cells: unknown[]) => `${cells.map(cell).join(',')}\r\n`

type Format = { type: string; head: string; line: (entry: AuditEntry) => string }

const FORMATS: Record<ExportFormat, Format> = {
  csv: {
    type: 'text/csv; charset=utf-8',
    head: line(Object.keys(COLUMNS)),
    line: (entry) => line(Object.values(COLUMNS).map((read) => read(entry))),
  },
  // The escapes of `visible` are those of JSON: inside its strings the value is the same.
  jsonl: {
    type: 'application/jsonl; charset=utf-8',
    head: '',
    line: (entry) => `${visible(JSON.stringify(writeReply(auditEntry, entry)))}\n`,
  },
}

export const mediaTypeOf = (format: ExportFormat): string => FORMATS[format].type

/** The text of an export, portion by portion. */
export async function* writtenAs(format: ExportFormat, portions: AsyncIterable<AuditEntry[]>): AsyncGenerator<string> {
  const { head, line } = FORMATS[format]
  if (head) yield head
  for await (const entries of portions) yield entries.map(line).join('')
}
