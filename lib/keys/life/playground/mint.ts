import { randomUUID } from 'node:crypto'
import { DomainError, validationFailed } from '@/lib/base/errors'
import { HOUR_MS } from '@/lib/base/time'
import { addressesWithin } from '@/lib/contracts/addresses/within'
import { catalogue } from '@/lib/contracts/scopes/catalogue'
import type { Context, MemberActor } from '@/lib/kernel/actors/context'
import { grantableScopes, mayCreateKeys, requirePermission } from '@/lib/kernel/actors/permissions'
import { recordAudit } from '@/lib/kernel/audit/record'
import { databaseNow, inTransaction, type Transaction } from '@/lib/kernel/db/transaction'
import {
  type CreatedKey,
  MAX_PLAYGROUND_KEYS,
  type MintPlaygroundKeyInput,
  PLAYGROUND_KEY_NAME,
  PLAYGROUND_LIFETIME_HOURS,
} from '@/lib/keys/contract'
import { inUse } from '@/lib/keys/ends'
import { insertKey } from '@/lib/keys/life/insert'
import { lockKeyCount, requireRoomForKey } from '@/lib/keys/life/key-limit'
import { readPolicy } from '@/lib/keys/policy/rows'
import { keyTarget } from '@/lib/keys/rows'

// Revoked ones count too: each leaves a row and two entries in the audit.
const MAX_MINTED_AN_HOUR = 30

/**
 * Mints a key for the docs' playground: of the sandbox, for one hour, whoever mints it, with those scopes of the page's
 * resource that the person's role may grant. People mint, keys do not. It counts among the organisation's keys.
 * @throws DomainError role_forbids, developer_api_disabled, validation_failed, also for the policy; ip_not_allowed;
 *   key_limit_reached at the plan's number of keys, and at five of this person's that are in use
 */
export function mintPlaygroundKey(
  context: Context<MemberActor>,
  { resource }: MintPlaygroundKeyInput,
): Promise<CreatedKey> {
  requirePermission(mayCreateKeys(context))
  const most = catalogue().playgroundScopes(resource)
  if (!most) throw validationFailed([{ path: 'resource', message: 'There is no such resource.' }])
  const grantable = grantableScopes(context.actor)

  return inTransaction(context, async (ctx) => {
    await lockKeyCount(ctx)
    const now = await databaseNow(ctx.db)
    await requireFewInUse(ctx, now)
    const lineage_id = randomUUID()
    await requireRoomForKey(ctx, lineage_id)
    const minted = await insertKey(
      ctx,
      {
        name: PLAYGROUND_KEY_NAME,
        environment: 'test',
        scopes: most.filter((scope) => grantable.includes(scope)),
        allowed_ips: await ownAddress(ctx),
        lineage_id,
        expires_at: new Date(now.getTime() + PLAYGROUND_LIFETIME_HOURS * HOUR_MS),
        playground: true,
      },
      now,
    )
    await recordAudit(ctx, { action: 'api_key.created', target: keyTarget(minted), after: minted })
    return minted
  })
}

/**
 * Where the policy wants an allowlist, the one address that the person is sure to call from.
 * @throws DomainError ip_not_allowed where the policy lets no key work from there
 */
async function ownAddress({ db, organization, origin: { address } }: Context): Promise<string[]> {
  const { allowed_ranges } = await readPolicy(db, organization.id)
  if (allowed_ranges.length === 0) return []
  if (address && addressesWithin(allowed_ranges, [address])) return [address]
  throw new DomainError(
    'ip_not_allowed',
    `By your organisation's policy keys work only from ${allowed_ranges.join(', ')}, and ${address ? `you are at ${address}` : 'your address is not known'}: a test token would open nothing. Try again from an allowed address, or ask an Admin to add yours to the policy.`,
  )
}

/** Under the organisation's lock, so that two mints at once cannot both be the fifth. */
async function requireFewInUse(ctx: Context<MemberActor> & { db: Transaction }, now: Date): Promise<void> {
  const keysInUse = await ctx.db.apiKey.count({
    where: {
      organization_id: ctx.organization.id,
      created_by: ctx.actor.user_id,
      playground: true,
      ...inUse(now),
    },
  })
  const minted = await ctx.db.apiKey.count({
    where: {
      organization_id: ctx.organization.id,
      created_by: ctx.actor.user_id,
      playground: true,
      created_at: { gt: new Date(now.getTime() - HOUR_MS) },
    },
  })
  if (minted >= MAX_MINTED_AN_HOUR) {
    throw new DomainError(
      'key_limit_reached',
      `You have made ${minted} docs playground keys in an hour. Try again later.`,
    )
  }
  if (keysInUse >= MAX_PLAYGROUND_KEYS) {
    throw new DomainError(
      'key_limit_reached',
      `You have ${MAX_PLAYGROUND_KEYS} docs playground keys here that still work. Revoke one where you made it, or wait until one ends.`,
    )
  }
}
