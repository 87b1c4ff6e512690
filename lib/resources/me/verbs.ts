import type { ResourceContext } from '@/lib/kernel/actors/context'
import { implement, serve, withDatabase } from '@/lib/kernel/rows/kit'
import { revokeItself } from '@/lib/keys/life/revocation/revoke-itself'
import { meContract } from '@/lib/resources/me/contract'

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

export const meApi = serve(meContract, [
  // Answered from what authentication already read: no statement of its own.
  implement(operations.get, async ({ actor, organization }) => ({
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
  })),
  implement(
    operations.revoke,
    withDatabase((ctx, { body }) => revokeItself(ctx, body)),
  ),
  implement(operations.test, confirmKey),
  implement(operations.testByPost, withDatabase(confirmKey)),
])
