import type { Direction } from '@/lib/contracts/page'
import { SEALED_COLUMNS, type SealedEntry } from '@/lib/kernel/audit/chain/canonical'
import type { AuditEntry, AuditFilters } from '@/lib/kernel/audit/contract'
import { alternatives, type WhichLog } from '@/lib/kernel/audit/read/conditions'
import { Prisma } from '@/lib/kernel/db/generated/client'
import type { Database } from '@/lib/kernel/db/transaction'

/** Where a page begins: behind an entry. */
export type EntryPosition = { at: string; id: string }

export type EntriesAsked = {
  log: WhichLog
  filters: AuditFilters
  direction: Direction
  after: EntryPosition | null
  limit: number
}

/** The name of a key, which its deletion leaves to the audit. @param id column of the entry that names the key */
const nameOfKey = (id: Prisma.Sql) => Prisma.sql`coalesce(
  (SELECT k.name FROM api_keys k WHERE k.id = ${id}),
  (SELECT d.before ->> 'name' FROM audit_entries d
   WHERE d.organization_id = e.organization_id AND d.target_id = ${id} AND d.action = 'api_key.deleted' LIMIT 1))`

const nameOfUser = (id: Prisma.Sql) => Prisma.sql`(SELECT u.name FROM users u WHERE u.id = ${id})`

/** Labels are as they were then; names as they are now, for readers. A person who has left has one still. */
const NAMES = Prisma.sql`
  CASE WHEN e.actor_kind = 'key' THEN ${nameOfKey(Prisma.sql`e.actor_id`)}
       WHEN e.actor_id IS NOT NULL THEN ${nameOfUser(Prisma.sql`e.actor_id`)} END AS actor_name,
  CASE e.target_kind WHEN 'api_key' THEN ${nameOfKey(Prisma.sql`e.target_id`)}
       WHEN 'user' THEN ${nameOfUser(Prisma.sql`e.target_id`)} END AS target_name`

type Row = Omit<SealedEntry, 'before' | 'after'> & {
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  actor_name: string | null
  target_name: string | null
  position: bigint | null
  hash: string | null
}

/** Entries of a log, by time. One statement, besides that which finds a key by its hash. */
export async function readEntries(db: Database, asked: EntriesAsked): Promise<AuditEntry[]> {
  const { log, filters, direction, after, limit } = asked
  const way = direction === 'asc' ? Prisma.sql`ASC` : Prisma.sql`DESC`
  const order = Prisma.sql`ORDER BY e.at ${way}, e.id ${way} LIMIT ${limit}::int`
  const beyond = direction === 'asc' ? Prisma.sql`>` : Prisma.sql`<`
  const behind = after
    ? Prisma.sql`AND (e.at, e.id) ${beyond} (${after.at}::timestamptz, ${after.id}::uuid)`
    : Prisma.empty
  const branches = (await alternatives(db, log, filters)).map(
    (met) => Prisma.sql`(SELECT e.* FROM audit_entries e WHERE ${met} ${behind} ${order})`,
  )
  const rows = await db.$queryRaw<Row[]>`
    SELECT ${SEALED_COLUMNS}, ${NAMES}, s.position, encode(s.hash, 'hex') AS hash
    FROM (${Prisma.join(branches, ' UNION ALL ')}) e LEFT JOIN audit_seals s ON s.entry_id = e.id
    ${order}`
  return rows.map(shown)
}

const shown = ({ at, actor_name, target_name, position, ...row }: Row): AuditEntry => ({
  id: row.id,
  organization_id: row.organization_id,
  at: new Date(at),
  actor: { kind: row.actor_kind, id: row.actor_id, label: row.actor_label, name: actor_name },
  action: row.action,
  target: { kind: row.target_kind, id: row.target_id, label: row.target_label, name: target_name },
  environment: row.environment,
  sequence: row.sequence,
  before: row.before,
  after: row.after,
  reason: row.reason,
  address: row.address,
  user_agent: row.user_agent,
  request_id: row.request_id,
  position: position === null ? null : Number(position),
  hash: row.hash,
})
