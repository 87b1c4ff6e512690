import type { ErrorCode } from '@/lib/base/errors'
import type { Operation } from '@/lib/contracts/operation'
import { PROBLEM_KINDS } from '@/lib/http/problems'

const EVERY: ErrorCode[] = [
  'missing_key',
  'malformed_key',
  'invalid_key',
  'revoked_key',
  'expired_key',
  'rotated_key',
  'ip_not_allowed',
  'developer_api_disabled',
  'https_required',
  'invalid_request',
  'validation_failed',
  'rate_limited',
  'internal',
  'unavailable',
]

/** Every code that an operation can answer with: what its shape brings along, and what it declares itself. */
export function errorCodes(operation: Operation): ErrorCode[] {
  const changes = operation.method !== 'get'
  const paged = operation.query !== undefined && 'cursor' in operation.query.shape
  return [
    ...EVERY,
    ...(operation.scope ? (['insufficient_scope'] as const) : []),
    ...(operation.params ? (['not_found'] as const) : []),
    ...(paged ? (['invalid_cursor'] as const) : []),
    ...(operation.body ? (['malformed_json', 'payload_too_large', 'unsupported_media_type'] as const) : []),
    ...(changes ? (['invalid_idempotency_key', 'idempotency_conflict', 'idempotency_in_progress'] as const) : []),
    ...(operation.errors ?? []),
  ]
}

/** The codes by the status that they answer with, in the order of the statuses. */
export function codesByStatus(codes: readonly ErrorCode[]): Map<number, ErrorCode[]> {
  const statuses = [...new Set(codes.map((code) => PROBLEM_KINDS[code].status))].sort((a, b) => a - b)
  return new Map(statuses.map((status) => [status, codes.filter((code) => PROBLEM_KINDS[code].status === status)]))
}
