import { isReadScope } from '@/lib/contracts/scopes/is-read-scope'
import { RESOURCES } from '@/lib/resources/contract'

/**
 * What a key of the docs' playground opens at most, on the pages of one resource: that resource's own scopes, of
 * administration the reading ones. Never a wide scope. Browser-safe.
 * @returns null where there is no such resource
 */
export function playgroundScopes(resource: string): string[] | null {
  const found = RESOURCES.find(({ name }) => name === resource)
  if (!found) return null
  const scopes = Object.keys(found.actions).map((action) => `${found.name}:${action}`)
  return found.administration ? scopes.filter(isReadScope) : scopes
}
