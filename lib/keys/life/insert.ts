import type { Context } from '@/lib/kernel/actors/context'
import { requireStanding } from '@/lib/kernel/actors/require-standing'
import { recordAudit } from '@/lib/kernel/audit/record'
import type { Transaction } from '@/lib/kernel/db/transaction'
import type { CreatedKey, CreateKeyInput } from '@/lib/keys/contract'
import { generateKey, keyPrefix } from '@/lib/keys/format'
import { hashKey } from '@/lib/keys/hash'
import { requireRoomForKey } from '@/lib/keys/life/key-limit'
import { requirePolicy } from '@/lib/keys/policy/require'
import { readPolicy } from '@/lib/keys/policy/rows'
import { auditedKey, KEY_SELECT, keyTarget, showKey, type VersionedKey } from '@/lib/keys/rows'

type NewKey = Pick<CreateKeyInput, 'environment' | 'name' | 'scopes' | 'allowed_ips'> & {
  description?: string | null
  rate_limit?: number | null
  lineage_id: string
  expires_at: Date | null
  playground?: boolean
}

/** The secret goes to its maker only. */
export type MadeKey = VersionedKey & Pick<CreatedKey, 'key'>

/**
 * Makes the secret of a key and stores the key without it, audited. Shared by creation, rotation and the docs' playground; the caller has
 * checked who may, and `now` is the database's clock.
 * @throws DomainError key_limit_reached; validation_failed for what the organisation's policy forbids
 */
export async function insertKey(ctx: Context & { db: Transaction }, fields: NewKey, now: Date): Promise<MadeKey> {
  await requireRoomForKey(ctx, now)
  await requireStanding(ctx)
  // Behind the lock: a policy that was set before this holds for it.
  requirePolicy(await readPolicy(ctx.db, ctx.organization.id), fields, now)
  const key = generateKey(fields.environment)
  const row = await ctx.db.apiKey.create({
    data: {
      ...fields,
      organization_id: ctx.organization.id,
      key_prefix: keyPrefix(key),
      hash: hashKey(key),
      created_by: ctx.actor.kind === 'member' ? ctx.actor.user_id : null,
      created_at: now,
      updated_at: now,
    },
    select: KEY_SELECT,
  })
  await recordAudit(ctx, { action: 'api_key.created', target: keyTarget(row), after: auditedKey(row) })
  return { ...showKey(row, now), key }
}
