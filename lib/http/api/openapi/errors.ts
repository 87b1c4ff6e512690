import type { ErrorCode } from '@/lib/base/errors'
import type { Operation } from '@/lib/contracts/operation'
import type { AnyRows } from '@/lib/contracts/rows/define'
import type { Resource } from '@/lib/contracts/rows/resource'
import { PROBLEM_KINDS } from '@/lib/http/problems'
import { RESOURCES } from '@/lib/resources/register'

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

/** What becomes of rows when one of another table goes: of those that refer to it, and of those that stand below it. */
const whenGone = ({ fields, within }: AnyRows) => [
  ...Object.values(fields).flatMap(({ reference }) => reference ?? []),
  ...(within ? [{ table: within.table, gone: 'cascade' as const }] : []),
]

/** Whether a reference may keep a row of this table: one to it, or to a row that would go with it. */
function mayBeInUse(table: string, all: readonly AnyRows[], passed: readonly string[] = []): boolean {
  if (passed.includes(table)) return false
  return all.some((rows) =>
    whenGone(rows)
      .filter((end) => end.table === table)
      .some(({ gone }) => gone === 'refuse' || (gone === 'cascade' && mayBeInUse(rows.table, all, [...passed, table]))),
  )
}

/** Every code that an operation can answer with: what its shape and the rows bring along, and what it declares itself. */
export function errorCodes(operation: Operation, resources: readonly Resource[] = RESOURCES): ErrorCode[] {
  const { method, scope, params, query, body, upload, preconditions = [], removes, errors = [] } = operation
  const rows = resources.flatMap((resource) => resource.rows ?? [])
  const codes: ErrorCode[] = [
    ...EVERY,
    ...(scope ? (['insufficient_scope'] as const) : []),
    ...(params ? (['not_found'] as const) : []),
    ...(query && 'cursor' in query.shape ? (['invalid_cursor'] as const) : []),
    ...(body ? (['malformed_json'] as const) : []),
    ...(body || upload ? (['payload_too_large', 'unsupported_media_type'] as const) : []),
    ...(method === 'get'
      ? []
      : (['invalid_idempotency_key', 'idempotency_conflict', 'idempotency_in_progress'] as const)),
    ...(preconditions.includes('If-Match') ? (['precondition_failed'] as const) : []),
    ...(removes !== undefined && mayBeInUse(removes, rows) ? (['in_use'] as const) : []),
    ...errors,
  ]
  return [...new Set(codes)]
}

/** The codes by the status that they answer with, in the order of the statuses. */
export function codesByStatus(codes: readonly ErrorCode[]): Map<number, ErrorCode[]> {
  const statuses = [...new Set(codes.map((code) => PROBLEM_KINDS[code].status))].sort((a, b) => a - b)
  return new Map(statuses.map((status) => [status, codes.filter((code) => PROBLEM_KINDS[code].status === status)]))
}
