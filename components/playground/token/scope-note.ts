import type { Home, TestToken } from '@/components/playground/visit'
import type { PlaygroundOperation } from '@/lib/http/api/openapi/playground-form'

type Held = Pick<TestToken, 'scopes' | 'resource'> & { home: Pick<Home, 'role'> }

/** What a reader must know of the scopes of their token on this page; null: it opens the operation, and all that it could. */
export function scopeNote(operation: PlaygroundOperation, token: Held): string | null {
  const { scope, resource, token_scopes } = operation
  const reads = token.home.role === 'read_only_admin' && token.resource === resource.name
  const fewer = token_scopes.some((each) => !token.scopes.includes(each))
  if (scope === null || token.scopes.includes(scope)) {
    return reads && fewer ? 'You are a Read-Only Admin here, so your token carries reading scopes only.' : null
  }
  if (!token_scopes.includes(scope)) {
    return `No test token carries ${scope}: this is administration. You can still send the request and see it refused.`
  }
  return token.resource === resource.name
    ? `You are a Read-Only Admin here, so your token carries reading scopes only. This operation needs ${scope} and will be refused.`
    : `Your token was made for other pages and lacks ${scope}. Generate one for ${resource.title.toLowerCase()}.`
}

/** Whether no other test token would serve this page better. */
export function isEnough({ scope, resource, token_scopes }: PlaygroundOperation, token: Held): boolean {
  return (
    token.resource === resource.name || scope === null || token.scopes.includes(scope) || !token_scopes.includes(scope)
  )
}
