import { DomainError, type ErrorCode, unavailable } from '@/lib/base/errors'
import { log } from '@/lib/base/node/log'
import { runtime } from '@/lib/base/node/runtime'
import { type Problem, problem } from '@/lib/contracts/problem'
import { isUnavailable } from '@/lib/kernel/db/failure'

type Kind = { status: number; type: string; title: string }

const BAD_REQUEST: Kind = { status: 400, type: 'BadRequestIssue', title: 'Bad Request' }
const UNAUTHORIZED: Kind = { status: 401, type: 'UnauthorizedIssue', title: 'Unauthorized' }
const FORBIDDEN: Kind = { status: 403, type: 'UnauthorizedIssue', title: 'Forbidden' }
const NOT_FOUND: Kind = { status: 404, type: 'NotFoundIssue', title: 'Not Found' }
const CONFLICT: Kind = { status: 409, type: 'ConflictIssue', title: 'Conflict' }
const INVALID: Kind = { status: 422, type: 'ValidationIssue', title: 'Unprocessable Content' }

/** The one table that turns a refusal into a status. */
export const PROBLEM_KINDS: Record<ErrorCode, Kind> = {
  malformed_json: BAD_REQUEST,
  invalid_request: BAD_REQUEST,
  invalid_idempotency_key: BAD_REQUEST,
  invalid_cursor: BAD_REQUEST,
  missing_key: UNAUTHORIZED,
  malformed_key: UNAUTHORIZED,
  invalid_key: UNAUTHORIZED,
  revoked_key: UNAUTHORIZED,
  expired_key: UNAUTHORIZED,
  rotated_key: UNAUTHORIZED,
  signed_out: UNAUTHORIZED,
  insufficient_scope: FORBIDDEN,
  ip_not_allowed: FORBIDDEN,
  developer_api_disabled: FORBIDDEN,
  https_required: FORBIDDEN,
  role_forbids: FORBIDDEN,
  proof_required: FORBIDDEN,
  cross_site_request: FORBIDDEN,
  not_found: NOT_FOUND,
  method_not_allowed: { status: 405, type: 'MethodNotAllowedIssue', title: 'Method Not Allowed' },
  method_not_implemented: { status: 501, type: 'NotImplementedIssue', title: 'Not Implemented' },
  payload_too_large: { status: 413, type: 'PayloadTooLargeIssue', title: 'Content Too Large' },
  unsupported_media_type: { status: 415, type: 'UnsupportedMediaTypeIssue', title: 'Unsupported Media Type' },
  request_timeout: { status: 408, type: 'TimeoutIssue', title: 'Request Timeout' },
  idempotency_conflict: CONFLICT,
  idempotency_in_progress: CONFLICT,
  already_exists: CONFLICT,
  contact_excluded: CONFLICT,
  wrong_state: CONFLICT,
  email_unproven: CONFLICT,
  in_use: CONFLICT,
  precondition_failed: { status: 412, type: 'PreconditionIssue', title: 'Precondition Failed' },
  key_state: CONFLICT,
  key_changed: CONFLICT,
  key_limit_reached: CONFLICT,
  webhook_limit_reached: CONFLICT,
  validation_failed: INVALID,
  invalid_scope: INVALID,
  rate_limited: { status: 429, type: 'RateLimitIssue', title: 'Too Many Requests' },
  internal: { status: 500, type: 'InternalIssue', title: 'Internal Server Error' },
  unavailable: { status: 503, type: 'UnavailableIssue', title: 'Service Unavailable' },
  email_not_configured: { status: 503, type: 'UnavailableIssue', title: 'Service Unavailable' },
}

/**
 * Any error as a refusal. What is not one of ours is logged, and the caller learns no more than that it happened.
 * @param operation its method and its path, without what a caller wrote
 */
export function toDomainError(error: unknown, request_id: string, operation?: string): DomainError {
  if (error instanceof DomainError) {
    if (error.cause !== undefined)
      log.warn({ why: error.cause, request_id, operation }, 'A call was not served in time.')
    return error
  }
  log.error({ err: error, request_id, operation }, 'A request failed.')
  return isUnavailable(error)
    ? unavailable()
    : new DomainError('internal', 'Something went wrong on our side. Send us the request id if it stays.')
}

/** `WWW-Authenticate` by RFC 6750: no error code when no credentials came. */
function challenge({ code, facts }: DomainError): string | null {
  const realm = 'Bearer realm="latchkey"'
  if (code === 'missing_key') return realm
  if (code === 'invalid_request') return `${realm}, error="invalid_request"`
  if (code === 'insufficient_scope') {
    return `${realm}, error="insufficient_scope", scope="${(facts.required_scopes ?? []).join(' ')}"`
  }
  const keyRefused = PROBLEM_KINDS[code].status === 401 && code !== 'signed_out'
  return keyRefused ? `${realm}, error="invalid_token"` : null
}

/** The one function that writes an error reply (RFC 9457). `headers`: what the reply would have carried anyway. */
export function problemResponse(error: DomainError, request_id: string, headers?: HeadersInit): Response {
  const { status, type, title } = PROBLEM_KINDS[error.code]
  const { retry_after, allow, ...facts } = error.facts
  const whole: Problem = {
    type,
    title,
    status,
    code: error.code,
    detail: error.detail,
    ...facts,
    request_id,
    doc_url: `${runtime().appUrl}/docs/errors#${error.code}`,
  }
  const body = JSON.stringify(problem.parse(whole))
  const merged = new Headers(headers)
  // Said here, the reply to HEAD has it too.
  merged.set('Content-Length', String(Buffer.byteLength(body)))
  merged.set('Content-Type', 'application/problem+json')
  merged.set('Cache-Control', 'no-store')
  merged.set('X-Request-Id', request_id)
  const authenticate = challenge(error)
  if (authenticate) merged.set('WWW-Authenticate', authenticate)
  if (retry_after !== undefined) merged.set('Retry-After', String(retry_after))
  if (allow) merged.set('Allow', allow.join(', '))
  return new Response(body, { status, headers: merged })
}
