import { DomainError } from '@/lib/base/errors'

/**
 * Refuses to change a key of the docs' playground: it stays as it was minted until it ends. Revoking and deleting it
 * are no changes of what it opens.
 * @throws DomainError key_state
 */
export function requireNotPlayground({ playground }: { playground: boolean }, change: string): void {
  if (!playground) return
  throw new DomainError(
    'key_state',
    `A docs playground key cannot be ${change}: it lives for its hour as it was minted. Create a key for anything else.`,
  )
}
