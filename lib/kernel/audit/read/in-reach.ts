import type { Context } from '@/lib/kernel/actors/context'
import { requireSeeAudit } from '@/lib/kernel/actors/permissions'
import type { WhichLog } from '@/lib/kernel/audit/read/conditions'

/**
 * The log that an actor may read: the whole of its organisation's, a key what its environment shows it.
 * @throws DomainError role_forbids
 */
export function logInReach(ctx: Context): WhichLog {
  requireSeeAudit(ctx)
  const { actor, organization } = ctx
  return { organization_id: organization.id, ...(actor.kind === 'key' && { environment: actor.environment }) }
}
