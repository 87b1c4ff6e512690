import type { Actor, Context } from '@/lib/kernel/actors/context'
import { requireStanding } from '@/lib/kernel/actors/require-standing'
import type { Transaction } from '@/lib/kernel/db/transaction'
import type { CreatedKey, CreateKeyInput } from '@/lib/keys/contract'
import { generateKey, keyPrefix } from '@/lib/keys/format'
import { hashKey } from '@/lib/keys/hash'
import { lockKeyCount } from '@/lib/keys/life/key-limit'
import { requirePolicy } from '@/lib/keys/policy/require'
import { readPolicy } from '@/lib/keys/policy/rows'
import { KEY_SELECT, showKey, type VersionedKey } from '@/lib/keys/rows'

type NewKey = Pick<CreateKeyInput, 'environment' | 'name' | 'scopes' | 'allowed_ips'> & {
  description?: string | null
  rate_limit?: number | null
  lineage_id: string
  expires_at: Date | null
  playground?: boolean
}

/** The secret goes to its maker only. */
export type MadeKey = VersionedKey & Pick<CreatedKey, 'key'>

/** Who made a key, or with what: what it shows when it is listed. */
function makerOf(actor: Actor): { created_by: string | null; created_with: string | null } {
  switch (actor.kind) {
    case 'member':
      return { created_by: actor.user_id, created_with: null }
    case 'key':
      return { created_by: null, created_with: actor.key_prefix }
    case 'operator':
      return { created_by: null, created_with: 'CLI' }
  }
}

/**
 * Makes the secret of a key and stores the key without it. Shared by creation, rotation and the docs' playground; the caller has
 * checked who may, and audits what it was for. `now` is the database's clock.
 * @throws DomainError validation_failed for what the organisation's policy forbids
 */
export async function insertKey(ctx: Context & { db: Transaction }, fields: NewKey, now: Date): Promise<MadeKey> {
  await lockKeyCount(ctx)
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
      ...makerOf(ctx.actor),
      created_at: now,
      updated_at: now,
    },
    select: KEY_SELECT,
  })
  return { ...showKey(row, now), key }
}
