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

/** Of a rotation, which is about the key that it ends: the one that it made. Versions before have left the prefix alone. */
const rotated = (met: Prisma.Sql) => Prisma.sql`e.action = 'api_key.rotated' AND ${met}`
const SUCCESSOR = text(Prisma.sql`(e.after ->> 'successor')`)
const SUCCESSOR_ID = text(Prisma.sql`(e.after ->> 'successor_id')`)

/** Partial indexes serve the sandbox and the platform: their conditions stand in the words of those. */
const inLog = (log: WhichLog): Prisma.Sql =>
  log === 'platform'
    ? Prisma.sql`(e.organization_id IS NULL OR e.actor_kind = 'platform_admin')`
    : Prisma.sql`e.organization_id = ${log.organization_id}::uuid`

/**
 * What must hold of an entry, as alternatives of which none meets what another does: each is read in the order of pages from an
 * index of its own.
 */
export type Narrowing = Prisma.Sql[]

function targetIs(log: WhichLog, target: string): Narrowing {
  const isId = uuid().safeParse(target).success
  const own = isId ? Prisma.sql`e.target_id = ${target}::uuid` : Prisma.sql`${TARGET} = ${target}`
  // Nobody rotates keys from outside their organisation.
  if (log === 'platform') return [own]
  return [
    own,
    isId
      ? rotated(Prisma.sql`${SUCCESSOR_ID} = ${target.toLowerCase()}`)
      : rotated(Prisma.sql`${SUCCESSOR} = ${target} AND ${TARGET} IS DISTINCT FROM ${target}`),
  ]
}

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

/** A key, as who acted, as what was acted on, and as what a rotation has made. */
function keyIs(log: WhichLog, { id, prefix }: NamedKey): Narrowing {
  const same = (column: Prisma.Sql) => (id === null ? Prisma.empty : Prisma.sql`AND ${column} = ${id}`)
  const acted = Prisma.sql`${ACTOR} = ${prefix} ${same(Prisma.sql`e.actor_id::text`)}`
  const byAnother = Prisma.sql`AND ${ACTOR} IS DISTINCT FROM ${prefix}`
  return [
    acted,
    Prisma.sql`${TARGET} = ${prefix} ${same(Prisma.sql`e.target_id::text`)} ${byAnother}`,
    ...(log === 'platform'
      ? []
      : [
          rotated(Prisma.sql`${SUCCESSOR} = ${prefix} ${same(Prisma.sql`coalesce(e.after ->> 'successor_id', ${id})`)}
            AND ${TARGET} IS DISTINCT FROM ${prefix} ${byAnother}`),
        ]),
  ]
}

export type Conditions = {
  /** What holds of all, and how an index narrows that down further by time. */
  within: Prisma.Sql
  /** What was asked beside the time; all of them hold. Of each the entries are read from an index, in order. */
  narrowings: Narrowing[]
  /** What no index narrows by. */
  rest: Prisma.Sql[]
}

/** What was asked, in SQL; null: nothing can be found. */
export async function conditionsOf(db: Database, log: WhichLog, filters: AuditFilters): Promise<Conditions | null> {
  const { actor, action, target, key, hashed_token, after, before } = filters
  const named = key === undefined && hashed_token === undefined ? undefined : await findKey(db, log, filters)
  if (named === null) return null
  const environment = log === 'platform' ? undefined : log.environment
  const times = [
    ...(after === undefined ? [] : [Prisma.sql`e.at >= ${after}::timestamptz`]),
    ...(before === undefined ? [] : [Prisma.sql`e.at < ${before}::timestamptz`]),
  ]
  return {
    within: Prisma.join([inLog(log), ...times], ' AND '),
    narrowings: [
      ...(target === undefined ? [] : [targetIs(log, target)]),
      ...(named === undefined ? [] : [keyIs(log, named)]),
      ...(actor === undefined ? [] : [[Prisma.sql`${ACTOR} = ${actor}`]]),
      ...(action === undefined ? [] : [[Prisma.sql`${ACTION} = ${action}`]]),
      ...(environment === 'test' ? [[Prisma.sql`e.environment = 'test'`]] : []),
    ],
    // What belongs to no environment, such as people, is real.
    rest: environment === 'live' ? [Prisma.sql`e.environment IS DISTINCT FROM 'test'`] : [],
  }
}
