import type { Direction } from '@/lib/contracts/page'
import { SEALED_COLUMNS, type SealedEntry } from '@/lib/kernel/audit/chain/canonical'
import type { AuditEntry, AuditFilters } from '@/lib/kernel/audit/contract'
import { conditionsOf, type WhichLog } from '@/lib/kernel/audit/read/conditions'
import { narrowest } from '@/lib/kernel/audit/read/narrowest'
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
   WHERE d.organization_id = e.organization_id AND d.target_id = ${id} AND d.action = 'api_key.deleted'
   ORDER BY d.at DESC LIMIT 1))`

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
} & Edge

type Edge = { edge_at: string | null; edge_id: string | null }
type NoRow = { id: null } & Edge
const NO_EDGE: Edge = { edge_at: null, edge_id: null }

/** Entries that a page looks at which is narrowed in more ways than an index has; of those that come in several ways, together. */
const LOOKED_AT = 5_000

export type FoundEntries = {
  entries: AuditEntry[]
  /** Where the look ended before so many were found as were asked for; null: all are there, or there are no more. */
  looked_to: EntryPosition | null
}

/**
 * Entries of a log, by time, read in their order from the index that narrows them most. What is asked beside that is looked for
 * among so many of these that a page costs no more the longer the log is: where they do not suffice, the next page goes on
 * behind them.
 */
export async function readEntries(db: Database, asked: EntriesAsked): Promise<FoundEntries> {
  const { log, filters, direction, after, limit } = asked
  const conditions = await conditionsOf(db, log, filters)
  if (!conditions) return { entries: [], looked_to: null }
  const isBehind = direction === 'asc' ? Prisma.sql`>` : Prisma.sql`<`
  const behind = after
    ? Prisma.sql`AND (e.at, e.id) ${isBehind} (${after.at}::timestamptz, ${after.id}::uuid)`
    : Prisma.empty
  const where = Prisma.sql`${conditions.within} ${behind}`
  const { narrowings } = conditions
  const chosen = await narrowest(db, narrowings, where, LOOKED_AT)
  const others = narrowings.filter((narrowing) => narrowing !== chosen)
  const rest = [...others.map((any) => Prisma.sql`(${Prisma.join(any, ' OR ')})`), ...conditions.rest]
  const order = orderOf(direction)
  const each = Math.floor(LOOKED_AT / chosen.length)
  const ways = chosen.map(
    (met) => Prisma.sql`FROM audit_entries e WHERE ${where} AND ${met} AND by_index(e.id) ${order}`,
  )
  const look = { ways, rest, order, each }
  const rows = await db.$queryRaw<(Row | NoRow)[]>`
    WITH found AS MATERIALIZED (${foundIn(look, limit)}), edge AS MATERIALIZED (${edgeOf(look, limit)})
    SELECT ${SEALED_COLUMNS}, ${NAMES}, s.position, encode(s.hash, 'hex') AS hash,
      to_char(x.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS edge_at, x.id AS edge_id
    FROM (SELECT) one LEFT JOIN edge x ON true
      LEFT JOIN found e ON x.id IS NULL OR NOT (e.at, e.id) ${isBehind} (x.at, x.id)
      LEFT JOIN audit_seals s ON s.entry_id = e.id
    ${order}`
  const entries = rows.flatMap((row) => (row.id === null ? [] : shown(row)))
  const [{ edge_at, edge_id } = NO_EDGE] = rows
  return {
    entries,
    looked_to: edge_at !== null && edge_id !== null && entries.length < limit ? { at: edge_at, id: edge_id } : null,
  }
}

type Look = {
  /** Of each, the entries are read in order, from an index. */
  ways: Prisma.Sql[]
  /** What is looked for among them. */
  rest: Prisma.Sql[]
  order: Prisma.Sql
  /** Entries that are looked at of each way, where there is a rest. */
  each: number
}

function orderOf(direction: Direction): Prisma.Sql {
  const way = direction === 'asc' ? Prisma.sql`ASC` : Prisma.sql`DESC`
  return Prisma.sql`ORDER BY e.at ${way}, e.id ${way}`
}

/** Entries of all ways together, as many as were asked for. */
function foundIn({ ways, rest, order, each }: Look, limit: number): Prisma.Sql {
  const all = ways.map((way) =>
    rest.length === 0
      ? Prisma.sql`(SELECT e.* ${way} LIMIT ${limit}::int)`
      : Prisma.sql`(SELECT e.* FROM (SELECT e.* ${way} LIMIT ${each}::int) e
          WHERE ${Prisma.join(rest, ' AND ')} ${order} LIMIT ${limit}::int)`,
  )
  return Prisma.sql`SELECT e.* FROM (${Prisma.join(all, ' UNION ALL ')}) e ${order} LIMIT ${limit}::int`
}

/**
 * Where the first of the ways ended, if one did: behind that, others may have found what comes later. One way is not looked
 * along again where it has found enough.
 */
function edgeOf({ ways, rest, order, each }: Look, limit: number): Prisma.Sql {
  if (rest.length === 0) return Prisma.sql`SELECT NULL::timestamptz AS at, NULL::uuid AS id`
  const ends = ways.map((way) => Prisma.sql`(SELECT e.at, e.id ${way} OFFSET ${each - 1}::int LIMIT 1)`)
  const matters = ways.length > 1 ? Prisma.sql`true` : Prisma.sql`(SELECT count(*) FROM found) < ${limit}::int`
  return Prisma.sql`SELECT e.at, e.id FROM (${Prisma.join(ends, ' UNION ALL ')}) e WHERE ${matters} ${order} LIMIT 1`
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
