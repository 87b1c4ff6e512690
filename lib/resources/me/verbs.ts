import type { ResourceContext } from '@/lib/kernel/actors/context'
import { implement, withDatabase } from '@/lib/kernel/rows/implement'
import { revokeItself } from '@/lib/keys/life/revocation/revoke-itself'
import { meContract } from '@/lib/resources/me/contract'

/** Answered from what authentication already read: no statement of its own. */
async function describeKey({ actor, organization }: ResourceContext) {
  return {
    id: actor.key_id,
    organization_id: organization.id,
    name: actor.name,
    key_prefix: actor.key_prefix,
    scopes: [...actor.scopes],
    created_at: actor.created_at,
    last_used_at: actor.last_used_at,
    environment: actor.environment,
    expires_at: actor.expires_at,
    allowed_ips: [...actor.allowed_ips],
    rate_limit: actor.rate_limit,
  }
}

async function confirmKey({ actor, organization }: ResourceContext) {
  return {
    success: true as const,
    message: 'API key is valid and working correctly' as const,
    key_name: actor.name,
    key_prefix: actor.key_prefix,
    scopes: [...actor.scopes],
    expires_at: actor.expires_at,
    organization_id: organization.id,
    authenticated_at: actor.authenticated_at,
  }
}

const { operations } = meContract

export const getMe = implement(operations.get, describeKey)
export const revokeMe = implement(
  operations.revoke,
  withDatabase((ctx, { body }) => revokeItself(ctx, body)),
)
export const testKey = implement(operations.test, confirmKey)
export const testKeyByPost = implement(operations.testByPost, withDatabase(confirmKey))
