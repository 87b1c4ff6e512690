import { preconditionFailed } from '@/lib/kernel/rows/judge'
import type { KeyRow } from '@/lib/keys/rows'

/**
 * What is judged is the locked row, so of two who name one version the second is refused.
 * @param versions of which the key must have one; null: any
 * @throws DomainError precondition_failed
 */
export function requireVersion({ version }: KeyRow, versions: readonly number[] | null): void {
  if (versions && !versions.includes(version)) throw preconditionFailed('API key')
}
