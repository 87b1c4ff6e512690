import { DomainError } from '@/lib/base/errors'

/**
 * For what whoever finds an unlocked browser must not do.
 * @throws DomainError proof_required unless the person has lately shown who they are
 */
export function requireProof({ proved }: { proved?: boolean }): void {
  if (proved) return
  throw new DomainError('proof_required', 'Confirm that it is you: it is more than 15 minutes since you last did.')
}
