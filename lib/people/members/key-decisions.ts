import { z } from 'zod'
import { DomainError } from '@/lib/base/errors'
import type { Context } from '@/lib/kernel/actors/context'
import { mayManageKeys, requireManageKeys } from '@/lib/kernel/actors/permissions'
import { Prisma } from '@/lib/kernel/db/generated/client'
import { databaseNow, type Transaction } from '@/lib/kernel/db/transaction'
import { markAllRevoked } from '@/lib/keys/life/revocation/mark-all-revoked'
import { type KeyDecisions, type KeyFate, keyFate } from '@/lib/people/members/contract'
import { keysBeyond, type MemberChange, madeBy } from '@/lib/people/members/keys-beyond'
import { stoodWhenSeen } from '@/lib/people/members/seen-keys'

type TransactionContext = Context & { db: Transaction }

/** Whoever decides without having looked, such as a key, says nothing of what was seen and keeps whatever there is. */
type Decisions = KeyDecisions | undefined

/** Prefixes that a refusal, and an audit entry, name. */
const [MOST_TOLD, MOST_AUDITED] = [10, 100]

/**
 * Locks the keys that are to be revoked, and with them the one that acts, in the order of their ids. Call it before
 * `lockPeople`: keys are locked before their organisation everywhere, so that nobody waits in a circle.
 */
export async function lockDecidedKeys(ctx: TransactionContext, user_id: string, keys: Decisions): Promise<void> {
  if (!keys || (keys.others !== 'revoke' && keys.revoke.length === 0)) return
  const { actor, organization } = ctx
  const acting = actor.kind === 'key' ? [actor.key_id] : []
  const others = keys.others === 'revoke' ? madeBy(ctx, user_id, await databaseNow(ctx.db)) : Prisma.sql`false`
  await ctx.db.$queryRaw`
    SELECT count(*) FROM (
      SELECT k.id FROM api_keys k
      WHERE k.organization_id = ${organization.id}::uuid AND (k.id = ANY (${[...keys.revoke, ...acting]}::uuid[]) OR ${others})
      ORDER BY k.id FOR NO KEY UPDATE) locked`
}

/** In SQL: what becomes of the key `k`; null: nothing was said. */
function fateOf(
  ctx: TransactionContext,
  change: MemberChange,
  { revoke, keep, others, seen }: KeyDecisions,
): Prisma.Sql {
  const stands = seen === undefined ? Prisma.sql`true` : stoodWhenSeen(ctx, change, seen)
  const fateOfOthers =
    others === 'keep' ? Prisma.sql`CASE WHEN ${stands} THEN 'keep' END` : Prisma.sql`${others ?? null}::text`
  // A key acts on those of its own environment alone.
  const reached =
    ctx.actor.kind === 'key' ? Prisma.sql`k.environment = ${ctx.actor.environment}::environment` : Prisma.sql`true`
  return Prisma.sql`CASE WHEN NOT ${reached} THEN 'keep' WHEN k.id = ANY (${revoke}::uuid[]) THEN 'revoke'
    WHEN k.id = ANY (${keep}::uuid[]) THEN 'keep' ELSE ${fateOfOthers} END`
}

const ofAFate = z.object({
  fate: keyFate.nullable(),
  count: z.int(),
  /** The newest of them. */
  prefixes: z.array(z.string()),
  /** The key that acts is one of them. */
  acting: z.boolean(),
})
type OfAFate = z.output<typeof ofAFate>

/** How many keys there are of each fate, and which. */
async function sortByFate(ctx: TransactionContext, beyond: Prisma.Sql, fate: Prisma.Sql): Promise<OfAFate[]> {
  const acting = ctx.actor.kind === 'key' ? ctx.actor.key_id : null
  return z.array(ofAFate).parse(
    await ctx.db.$queryRaw`
      SELECT fate, count(*)::int AS count, (array_agg(key_prefix ORDER BY id DESC))[1:${MOST_AUDITED}::int] AS prefixes,
        coalesce(bool_or(id = ${acting}::uuid), false) AS acting
      FROM (SELECT k.id, k.key_prefix, ${fate} AS fate FROM api_keys k WHERE ${beyond}) decided
      GROUP BY fate`,
  )
}

function undecided({ count, prefixes }: OfAFate, { others }: KeyDecisions): DomainError {
  const more = count > MOST_TOLD ? ` and ${count - MOST_TOLD} more` : ''
  const which = `${prefixes.slice(0, MOST_TOLD).join(', ')}${more}`
  const detail = others
    ? `Made or changed since you looked: ${which}. Look again, and say what becomes of them.`
    : `Say what becomes of ${which}: revoke or keep.`
  return new DomainError('wrong_state', detail)
}

/** For the audit: how many keys were revoked and kept, with the prefixes of the newest; what there was none of is absent. */
type Decided = Partial<Record<`keys_${'revoked' | 'kept'}`, string[]> & Record<`${'revoked' | 'kept'}_count`, number>>

/**
 * Revokes what is to be revoked of the keys that the person can no longer make. Whoever may not manage keys leaves all
 * of them as they are. Call it under `lockPeople`, behind which no key is made or reactivated.
 * @returns what became of them; undefined where it was about none
 * @throws DomainError wrong_state when nothing was decided about one of them, and when one is being changed by somebody
 *   else; role_forbids, also where a key would revoke itself; developer_api_disabled; invalid_cursor
 */
export async function carryOutDecisions(
  ctx: TransactionContext,
  { keys, ...change }: MemberChange & { keys: Decisions },
): Promise<Decided | undefined> {
  if (!keys) return undefined
  if (keys.others === 'revoke' || keys.revoke.length > 0) requireManageKeys(ctx)
  const now = await databaseNow(ctx.db)
  const beyond = keysBeyond(ctx, change, now)
  const fate = fateOf(ctx, change, keys)
  const sorted = await sortByFate(ctx, beyond, fate)
  const of = (wanted: KeyFate | null) => sorted.find((one) => one.fate === wanted)
  const open = of(null)
  if (open && mayManageKeys(ctx).allowed) throw undecided(open, keys)
  const [revoked, kept] = [of('revoke'), of('keep') ?? open]
  if (revoked?.acting) {
    throw new DomainError(
      'role_forbids',
      'Your key is one of those: a key never acts on itself. Except it, or use another.',
    )
  }
  if (revoked) {
    const reason = `${change.before.email} ${change.after ? 'may no longer make it' : 'was removed'}.`
    const count = await markAllRevoked(ctx, Prisma.sql`${beyond} AND ${fate} = 'revoke'`, reason, now)
    if (count < revoked.count)
      throw new DomainError('wrong_state', 'One of the keys is being changed right now. Try again.')
  }
  if (!revoked && !kept) return undefined
  return {
    ...(revoked && { keys_revoked: revoked.prefixes, revoked_count: revoked.count }),
    ...(kept && { keys_kept: kept.prefixes, kept_count: kept.count }),
  }
}
