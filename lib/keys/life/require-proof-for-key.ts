import type { Context } from '@/lib/kernel/actors/context'
import { requireProof } from '@/lib/kernel/actors/require-proof'
import type { Environment } from '@/lib/kernel/db/generated/enums'

/**
 * A live key outlasts the session that made it, so a person has lately shown who they are. Keys and operators have
 * nobody in front of them; test keys open only the sandbox.
 * @throws DomainError proof_required
 */
export function requireProofForKey({ actor }: Pick<Context, 'actor'>, key: { environment: Environment }): void {
  if (actor.kind === 'member' && key.environment === 'live') requireProof(actor)
}
