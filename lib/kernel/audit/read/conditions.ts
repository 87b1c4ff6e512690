import { id as uuid } from '@/lib/contracts/fields'
import type { AuditFilters } from '@/lib/kernel/audit/contract'
import { Prisma } from '@/lib/kernel/db/generated/client'
import type { Environment } from '@/lib/kernel/db/generated/enums'
import type { Database } from '@/lib/kernel/db/transaction'

/**
 * Which entries are read: those of an organisation, for a key those of its environment; or those of the platform, its own
 * and what its admins did to organisations.
 */
export type WhichLog = { organization_id: string; environment?: Environment } | 'platform'

/** Every condition on text is said in the collation of its index. */
const text = (column: Prisma.Sql) => Prisma.sql`${column} COLLATE "C"`
const ACTOR = text(Prisma.sql`e.actor_label`)
const ACTION = text(Prisma.sql`e.action`)
const TARGET = text(Prisma.sql`e.target_label`)

/** Partial indexes serve the sandbox and the platform: their conditions stand in the words of those. */
function inLog(log: WhichLog): Prisma.Sql[] {
  if (log === 'platform') return [Prisma.sql`(e.organization_id IS NULL OR e.actor_kind = 'platform_admin')`]
  const own = Prisma.sql`e.organization_id = ${log.organization_id}::uuid`
  if (log.environment === undefined) return [own]
  // What belongs to no environment, such as people, is real.
  return [
    own,
    log.environment === 'test' ? Prisma.sql`e.environment = 'test'` : Prisma.sql`e.environment IS DISTINCT FROM 'test'`,
  ]
}

const targetIs = (target: string): Prisma.Sql =>
  uuid().safeParse(target).success ? Prisma.sql`e.target_id = ${target}::uuid` : Prisma.sql`${TARGET} = ${target}`

/** In hex, however it was written. */
const hexOf = (hash: string): string =>
  hash.length === 64
    ? hash
    : Buffer.from(hash, hash.includes('-') || hash.includes('_') ? 'base64url' : 'base64').toString('hex')

type NamedKey = { id: string | null; prefix: string }

/** The key that was asked for, by its prefix or by its hash; null: no key has this hash, or had it when it was deleted. */
async function findKey(db: Database, log: WhichLog, { key, hashed_token }: AuditFilters): Promise<NamedKey | null> {
  if (hashed_token === undefined) return { id: null, prefix: key ?? '' }
  const hash = hexOf(hashed_token)
  const of = (column: Prisma.Sql) =>
    log === 'platform' ? Prisma.sql`true` : Prisma.sql`${column} = ${log.organization_id}::uuid`
  const [found] = await db.$queryRaw<NamedKey[]>`
    SELECT id, key_prefix AS prefix FROM api_keys k
    WHERE hash = decode(${hash}, 'hex') AND ${of(Prisma.sql`k.organization_id`)}
    UNION ALL
    SELECT target_id, target_label FROM audit_entries e
    WHERE e.action = 'api_key.deleted' AND (e.before ->> 'hashed_token') COLLATE "C" = ${hash}
      AND ${of(Prisma.sql`e.organization_id`)}
    LIMIT 1`
  return found && (key === undefined || key === found.prefix) ? found : null
}

const NOBODY = Prisma.sql`false`

/**
 * What each entry must meet, as alternatives of which none meets what another does: each is read in order from an index of
 * its own. There is one, but for a key, which is found as who acted and as what was acted on.
 */
export async function alternatives(db: Database, log: WhichLog, filters: AuditFilters): Promise<Prisma.Sql[]> {
  const { actor, action, target, key, hashed_token, after, before } = filters
  const all = [
    ...inLog(log),
    ...(actor === undefined ? [] : [Prisma.sql`${ACTOR} = ${actor}`]),
    ...(action === undefined ? [] : [Prisma.sql`${ACTION} = ${action}`]),
    ...(target === undefined ? [] : [targetIs(target)]),
    ...(after === undefined ? [] : [Prisma.sql`e.at >= ${after}::timestamptz`]),
    ...(before === undefined ? [] : [Prisma.sql`e.at < ${before}::timestamptz`]),
  ]
  const having = (...more: Prisma.Sql[]) => Prisma.join([...all, ...more], ' AND ')
  if (key === undefined && hashed_token === undefined) return [having()]
  const found = await findKey(db, log, filters)
  if (!found) return [having(NOBODY)]
  const { id, prefix } = found
  const same = (column: Prisma.Sql) => (id === null ? [] : [Prisma.sql`${column} = ${id}::uuid`])
  return [
    having(Prisma.sql`${ACTOR} = ${prefix}`, ...same(Prisma.sql`e.actor_id`)),
    having(
      Prisma.sql`${TARGET} = ${prefix}`,
      ...same(Prisma.sql`e.target_id`),
      Prisma.sql`${ACTOR} IS DISTINCT FROM ${prefix}`,
    ),
  ]
}
