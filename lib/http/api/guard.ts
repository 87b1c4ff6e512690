import { createMiddleware } from 'hono/factory'
import { DomainError } from '@/lib/base/errors'
import { runtime } from '@/lib/base/node/runtime'
import { SECOND_MS } from '@/lib/base/time'
import { carriesKey, readCredentials } from '@/lib/http/api/credentials'
import type { ApiEnvironment } from '@/lib/http/api/environment'
import { rateHeaders } from '@/lib/http/api/rate-headers'
import { countUnknownKey } from '@/lib/http/api/unknown-keys'
import { type Authentication, authenticate, type Refusal } from '@/lib/keys/authenticate/authenticate'
import { keyPrefix } from '@/lib/keys/format'
import { rotatedKey } from '@/lib/keys/rotated'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Of a call in the clear: what has become of the key that it carried. */
const leakIn = (headers: Headers): string =>
  carriesKey(headers) ? ' This key has now crossed the network in the clear: rotate it.' : ''

/** Every call, also one for a path that does not exist, is decided here before anything else looks at it. */
export const guard = createMiddleware<ApiEnvironment>(async (c, next) => {
  const { address, https } = c.env.peer
  if (runtime().requireHttps && !https) {
    throw new DomainError('https_required', `Call the API over HTTPS.${leakIn(c.req.raw.headers)}`)
  }
  const key = readCredentials(c.req.raw.headers)
  const authentication = await authenticate(key, address)
  if (!authentication) {
    await countUnknownKey(address)
    throw new DomainError('invalid_key', 'There is no such API key. It may have been deleted.', {
      key_prefix: keyPrefix(key),
    })
  }
  const { window, refusal, now } = authentication
  c.set('authentication', authentication)
  const { call } = c.env
  if (call) {
    call.organization_id = authentication.organization.id
    call.key_prefix = authentication.actor.key_prefix
  }
  Object.assign(c.get('headers'), rateHeaders(window, now))
  if (refusal) throw refused(refusal, authentication, address)
  if (!METHODS.includes(c.req.method)) {
    throw new DomainError('method_not_implemented', `The API knows ${METHODS.join(', ')}.`)
  }
  await next()
})

function refused(
  refusal: Refusal,
  { actor, window, now, successor }: Authentication,
  address: string | null,
): DomainError {
  const { key_prefix } = actor
  switch (refusal) {
    case 'revoked_key':
      return new DomainError(
        refusal,
        `Key ${key_prefix} was revoked. An Admin can reactivate it, or use another key.`,
        { key_prefix },
      )
    case 'rotated_key':
      return rotatedKey(key_prefix, successor)
    case 'expired_key':
      return new DomainError(
        refusal,
        `Key ${key_prefix} has expired, and expired keys cannot be renewed. Create a new key.`,
        { key_prefix },
      )
    case 'developer_api_disabled':
      return new DomainError(
        refusal,
        'The Developer API is off for this organisation. A platform admin can turn it on.',
        { key_prefix },
      )
    case 'ip_not_allowed':
      return new DomainError(
        refusal,
        `Key ${key_prefix} cannot be used from ${address ?? 'an address that is not known'}. Add the address to its allowlist, or call from one on it.`,
        { key_prefix },
      )
    case 'rate_limited': {
      const retry_after = window.retry_after ?? 1
      const reset = Math.ceil((window.reset_at.getTime() - now.getTime()) / SECOND_MS)
      return new DomainError(
        refusal,
        `Key ${key_prefix} has used its ${window.limit} calls a minute. Try again in ${retry_after} s; all of it is free in ${reset} s.`,
        { key_prefix, retry_after },
      )
    }
  }
}
