import { echo, echoWords } from '@/lib/base/echo'

/** Every way in which a domain function or the public API refuses. `lib/http/problems.ts` turns each into a status. */
export const ERROR_CODES = [
  'malformed_json',
  'invalid_request',
  'invalid_idempotency_key',
  'invalid_cursor',
  'missing_key',
  'malformed_key',
  'invalid_key',
  'revoked_key',
  'expired_key',
  'rotated_key',
  'signed_out',
  'insufficient_scope',
  'ip_not_allowed',
  'developer_api_disabled',
  'https_required',
  'role_forbids',
  'proof_required',
  'cross_site_request',
  'not_found',
  'method_not_allowed',
  'method_not_implemented',
  'payload_too_large',
  'unsupported_media_type',
  'request_timeout',
  'idempotency_conflict',
  'idempotency_in_progress',
  'already_exists',
  'contact_excluded',
  'wrong_state',
  'email_unproven',
  'in_use',
  'precondition_failed',
  'key_state',
  'key_changed',
  'key_limit_reached',
  'webhook_limit_reached',
  'attachment_quota_reached',
  'validation_failed',
  'invalid_scope',
  'rate_limited',
  'internal',
  'unavailable',
  'email_not_configured',
] as const

export type ErrorCode = (typeof ERROR_CODES)[number]

/** One wrong field: where (`scopes.2`; empty for the whole), and how to mend it. */
export type FieldError = { path: string; message: string }

/** What an error may say beside its code and detail; each becomes a member of the problem reply. */
export type ErrorFacts = {
  errors?: FieldError[]
  key_prefix?: string
  required_scopes?: string[]
  /** Id of the row that stands in the way. */
  existing_id?: string
  /** Seconds, for `Retry-After`. */
  retry_after?: number
  /** Methods that the path has, for `Allow`. */
  allow?: string[]
}

/**
 * A refusal in the product's own terms. `detail` is shown to the caller: it says what to do and holds no secret. Of an email
 * or a name that it repeats, as the messages of fields do, the beginning is told.
 */
export class DomainError extends Error {
  override name = 'DomainError'
  readonly detail: string
  readonly facts: ErrorFacts
  constructor(
    readonly code: ErrorCode,
    detail: string,
    { errors, ...facts }: ErrorFacts = {},
  ) {
    super(`${code}: ${echoWords(detail)}`)
    this.detail = echoWords(detail)
    this.facts = errors
      ? { errors: errors.map(({ path, message }) => ({ path, message: echoWords(message) })), ...facts }
      : facts
  }
}

export function notFound(what: string): DomainError {
  return new DomainError('not_found', `There is no such ${what}.`)
}

/** @param retry_after in seconds */
export function tooMany(what: string, retry_after: number): DomainError {
  const minutes = Math.ceil(retry_after / 60)
  const detail = `Too many ${what}. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`
  return new DomainError('rate_limited', detail, { retry_after })
}

/**
 * For what may go better in a moment: nothing is wrong with the request.
 * @param why for the log, where nothing else tells it; constant
 */
export function unavailable(why?: string): DomainError {
  const detail = 'The service is not available right now. Try again in a moment.'
  const error = new DomainError('unavailable', detail, { retry_after: 5 })
  error.cause = why
  return error
}

/** Nobody mends more at once, and a reply should not be longer than what it refuses. */
const MOST_ERRORS = 50
const LONGEST_PATH = 200

/** A name in it that is longer than any of ours is the caller's own. */
function shorten(path: string): string {
  const short = path.split('.').map(echo).join('.')
  return short.length > LONGEST_PATH ? `${short.slice(0, LONGEST_PATH)}…` : short
}

/** @param all at least one wrong field; the first fifty are told */
export function validationFailed(all: FieldError[]): DomainError {
  const errors = all.slice(0, MOST_ERRORS).map(({ path, message }) => ({ path: shorten(path), message }))
  const told = errors.map(({ path, message }) => (path ? `${path}: ${message}` : message))
  if (all.length > MOST_ERRORS) told.push(`And ${all.length - MOST_ERRORS} more.`)
  return new DomainError('validation_failed', told.join(' '), { errors })
}
