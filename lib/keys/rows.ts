import type { Context } from '@/lib/kernel/actors/context'
import type { Prisma } from '@/lib/kernel/db/generated/client'
import type { Transaction } from '@/lib/kernel/db/transaction'
import type { ApiKey } from '@/lib/keys/contract'
import { statusOfKey } from '@/lib/keys/status'

/** What is read of a key to show it. The hash is not among it. */
export const KEY_SELECT = {
  id: true,
  organization_id: true,
  lineage_id: true,
  environment: true,
  name: true,
  description: true,
  key_prefix: true,
  scopes: true,
  allowed_ips: true,
  rate_limit: true,
  created_at: true,
  updated_at: true,
  expires_at: true,
  rotated_at: true,
  retires_at: true,
  successor_id: true,
  revoked_at: true,
  revoked_reason: true,
  leaked: true,
  playground: true,
  created_with: true,
  version: true,
  creator: { select: { id: true, name: true, email: true } },
  last_use: { select: { used_at: true, address: true, user_agent: true } },
} satisfies Prisma.ApiKeySelect

export type KeyRow = Prisma.ApiKeyGetPayload<{ select: typeof KEY_SELECT }>

/** A key with its version, which replies carry as their ETag. */
export type VersionedKey = ApiKey & { version: number }

/** A row as callers see it. `now` is the database's clock. */
export function showKey({ creator, last_use, lineage_id: _, ...row }: KeyRow, now: Date): VersionedKey {
  return {
    ...row,
    status: statusOfKey(row, now),
    created_by: creator,
    last_used_at: last_use?.used_at ?? null,
    last_used_address: last_use?.address ?? null,
    last_used_agent: last_use?.user_agent ?? null,
  }
}

/** The keys that an actor reaches: its organisation's, and of these a key only those of its own environment. */
export const keysInReach = ({ actor, organization }: Pick<Context, 'actor' | 'organization'>) => ({
  organization_id: organization.id,
  ...(actor.kind === 'key' && { environment: actor.environment }),
})

/**
 * Those of the keys `ids` that the context reaches, locked until the transaction ends, so that what is decided from them
 * holds. Locked in the order of their ids: two keys that act on each other at once never wait for each other.
 */
export async function lockKeys(ctx: Context & { db: Transaction }, ids: string[]): Promise<KeyRow[]> {
  await ctx.db.$queryRaw`
    SELECT id FROM api_keys WHERE organization_id = ${ctx.organization.id}::uuid AND id = ANY (${ids}::uuid[])
    ORDER BY id FOR UPDATE`
  return ctx.db.apiKey.findMany({ where: { ...keysInReach(ctx), id: { in: ids } }, select: KEY_SELECT })
}

/** How an audit entry names a key. */
export const keyTarget = ({ id, key_prefix, environment, version }: TargetKey) => ({
  id,
  label: key_prefix,
  environment,
  version,
})

export type TargetKey = Pick<KeyRow, 'id' | 'key_prefix' | 'environment' | 'version'>

/** A deletion comes after the last change. */
export const deletedKeyTarget = (row: TargetKey) => keyTarget({ ...row, version: row.version + 1 })
