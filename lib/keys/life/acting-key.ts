import { DomainError, notFound } from '@/lib/base/errors'
import type { Context } from '@/lib/kernel/actors/context'
import { requireStanding } from '@/lib/kernel/actors/require-standing'
import { databaseNow, type Transaction } from '@/lib/kernel/db/transaction'
import { type Bound, endsAt, exceededBound, type KeyBounds } from '@/lib/keys/life/bounds'
import { requireInUse, requireScope } from '@/lib/keys/require-in-use'
import { type KeyRow, lockKeys } from '@/lib/keys/rows'

/**
 * Keys that act on keys. The acting key is read again under a lock, together with the one that it acts on: a call that
 * was let in before the key was revoked or narrowed does nothing after it.
 */

type TransactionContext = Context & { db: Transaction }

type Acting = {
  /** The key that acts, as it is now; null: a person or an operator acts, who has no bounds. */
  acting: KeyRow | null
  /** The database's clock. */
  now: Date
}

/** The acting key among the locked `rows`, still in use and still an administrator's. */
async function requireActingInUse(
  { db, actor }: TransactionContext,
  rows: KeyRow[],
  now: Date,
): Promise<KeyRow | null> {
  if (actor.kind !== 'key') return null
  const row = await requireInUse(
    db,
    rows.find(({ id }) => id === actor.key_id),
    actor.key_prefix,
    now,
  )
  requireScope(row, actor.key_prefix, 'admin')
  return row
}

/**
 * Locks the key that acts, if one does.
 * @throws DomainError invalid_key, revoked_key, rotated_key, expired_key, insufficient_scope: as it is now
 */
export async function lockActingKey(ctx: TransactionContext): Promise<Acting> {
  const rows = ctx.actor.kind === 'key' ? await lockKeys(ctx, [ctx.actor.key_id]) : []
  const now = await databaseNow(ctx.db)
  return { acting: await requireActingInUse(ctx, rows, now), now }
}

/**
 * Locks the key `id`, and the key that acts on it.
 * @throws DomainError not_found; role_forbids for a key that acts on itself; as `lockActingKey`
 */
export async function lockForChange(ctx: TransactionContext, id: string): Promise<Acting & { key: KeyRow }> {
  const { actor } = ctx
  const rows = await lockKeys(ctx, actor.kind === 'key' ? [id, actor.key_id] : [id])
  await requireStanding(ctx)
  const now = await databaseNow(ctx.db)
  const acting = await requireActingInUse(ctx, rows, now)
  // The database writes ids in lower case; a caller may not have.
  const key = rows.find((row) => row.id === id.toLowerCase())
  if (!key) throw notFound('API key')
  if (key.id === acting?.id) {
    const detail = 'A key never acts on itself. It can only end itself, by POST /me/revoke.'
    throw new DomainError('role_forbids', detail, { key_prefix: key.key_prefix })
  }
  return { key, acting, now }
}

const BEYOND: Record<Bound, (acting: KeyRow) => string> = {
  environment: ({ environment }) => `Bound: environment. Your key is a ${environment} key and acts on those only.`,
  scopes: ({ scopes }) => `Bound: scopes. Your key has ${scopes.join(', ')}, and that key would open more.`,
  expiry: (acting) =>
    `Bound: expiry. Your key ends at ${new Date(endsAt(acting)).toISOString()}, and that key would live longer.`,
  allowlist: ({ allowed_ips }) =>
    `Bound: allowlist. Your key works from ${allowed_ips.join(', ')} only, and that key would from elsewhere.`,
  'rate limit': ({ rate_limit }) => `Bound: rate limit. Your key has ${rate_limit} calls a minute, that key more.`,
}

/** @throws DomainError role_forbids, naming the bound, when `key` goes beyond the key that acts */
export function requireWithinBounds(acting: KeyRow | null, key: KeyBounds): void {
  const bound = acting && exceededBound(acting, key)
  if (!bound) return
  throw new DomainError('role_forbids', `A key acts only within its own bounds. ${BEYOND[bound](acting)}`, {
    key_prefix: acting.key_prefix,
  })
}
