import { DomainError } from '@/lib/base/errors'
import { isKeyForm } from '@/lib/keys/format'

/** RFC 6750: the scheme in any case, one space or more, one token. Another scheme is no credential of ours. */
const BEARER = /^bearer(?: +(.*))?$/i

/** What stands where keys stand, whatever it is. */
function sentIn(headers: Headers): string[] {
  const bearer = BEARER.exec(headers.get('Authorization') ?? '')
  return [bearer ? (bearer[1] ?? '') : null, headers.get('X-API-Key')].filter((key) => key !== null)
}

/** Whether a request carries a key, known or not. */
export const carriesKey = (headers: Headers): boolean => sentIn(headers).some(isKeyForm)

/**
 * The key that a request carries, of the right form and with a true checksum. A token in the query is ignored: it would
 * stand in every log on the way.
 * @throws DomainError missing_key, malformed_key; invalid_request for two different keys
 */
export function readCredentials(headers: Headers): string {
  const [key, other] = sentIn(headers)
  if (key === undefined) {
    throw new DomainError('missing_key', 'Send your API key in the header: Authorization: Bearer <key>.')
  }
  if (other !== undefined && other !== key) {
    throw new DomainError('invalid_request', 'Authorization and X-API-Key hold different keys. Send one of them.')
  }
  if (!isKeyForm(key)) {
    throw new DomainError('malformed_key', 'This is not an API key. Check that it was copied whole, without spaces.')
  }
  return key
}
