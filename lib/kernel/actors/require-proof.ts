import { DomainError } from '@/lib/base/errors'
import type { Actor, PlatformAdminActor } from '@/lib/kernel/actors/context'

/**
 * For what whoever finds an unlocked browser must not do.
 * @throws DomainError proof_required unless the person has lately shown who they are
 */
export function requireProof({ proved }: { proved?: boolean }): void {
  if (proved) return
  throw new DomainError('proof_required', 'Confirm that it is you: it is more than 15 minutes since you last did.')
}

/**
 * The rule: whatever widens what someone or something may do asks for a proof, and what narrows it never does. Keys and
 * operators are not asked: nobody sits in front of them. Call it after what else may refuse, so that nobody enters a
 * password to be told of something else; the transaction takes back what was done until then.
 * @param widens whether this change does
 * @throws DomainError proof_required
 */
export function requireProofToWiden({ actor }: { actor: Actor | PlatformAdminActor }, widens: boolean): void {
  if (widens && (actor.kind === 'member' || actor.kind === 'platform_admin')) requireProof(actor)
}
