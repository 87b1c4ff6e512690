import type { ErrorCode } from '@/lib/base/errors'
import type { Operation, Precondition } from '@/lib/contracts/operation'
import type { JsonSchema } from '@/lib/http/api/openapi/schemas'

/** A header, as the document and the reference describe it. */
export type DescribedHeader = { name: string; description: string; schema: JsonSchema }

// None has an example: clients made from the document send examples as they are, and one key then stands for many requests.
const IDEMPOTENCY_KEY: DescribedHeader = {
  name: 'Idempotency-Key',
  description:
    'A value of your own, of visible ASCII characters, for each thing that is to be done once. The same request with the same key is carried out once in 24 hours.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
}

const PRECONDITIONS: Record<Precondition, DescribedHeader> = {
  'If-Match': {
    name: 'If-Match',
    description: 'The `ETag` that a reply had: the row is changed only while that is its version.',
    schema: { type: 'string' },
  },
  'If-None-Match': {
    name: 'If-None-Match',
    description: 'The `ETag` that a reply had: while that is its version, the row is not sent again.',
    schema: { type: 'string' },
  },
}

/** The headers that an operation reads, beside those that every call has. */
export const requestHeaders = ({ method, preconditions = [] }: Operation): DescribedHeader[] => [
  ...(method === 'get' ? [] : [IDEMPOTENCY_KEY]),
  ...preconditions.map((name) => PRECONDITIONS[name]),
]

const ETAG: DescribedHeader = {
  name: 'ETag',
  description: 'The version of the row, for `If-Match` and `If-None-Match`.',
  schema: { type: 'string' },
}

const IDEMPOTENCY_STATUS: DescribedHeader = {
  name: 'X-Idempotency-Status',
  description: 'Only where this is the reply to an earlier request with the same `Idempotency-Key`.',
  schema: { type: 'string', const: 'cached' },
}

/** The headers of an operation's reply, beside those that every reply has. */
export const replyHeaders = ({ method, etag }: Operation): DescribedHeader[] => [
  ...(etag ? [ETAG] : []),
  ...(method === 'get' ? [] : [IDEMPOTENCY_STATUS]),
]

/** The reply to an `If-None-Match` that holds; null where the operation does not judge one. */
export const notModified = ({ preconditions = [] }: Operation) =>
  preconditions.includes('If-None-Match')
    ? { status: 304, description: 'The row has the version that If-None-Match names. It is not sent again.' }
    : null

/** What every reply has. */
const EVERY_REPLY: DescribedHeader[] = [
  { name: 'X-Request-Id', description: 'Name this when you ask for help.', schema: { type: 'string' } },
  {
    name: 'X-RateLimit-Limit',
    description:
      'Calls accepted in any 60 seconds. A call counts for up to 61: leave 61 seconds between two bursts of the whole limit.',
    schema: { type: 'integer' },
  },
  { name: 'X-RateLimit-Remaining', description: 'Calls left.', schema: { type: 'integer' } },
  {
    name: 'X-RateLimit-Reset',
    description: 'When the whole limit is free again.',
    schema: { type: 'string', format: 'date-time' },
  },
]

const RETRY_AFTER: DescribedHeader = {
  name: 'Retry-After',
  description: 'Seconds to wait, 1 to 61. Of the codes of a 409, `idempotency_in_progress` alone has it.',
  schema: { type: 'integer' },
}

/** `X-RateLimit-Limit` → `RateLimitLimit`. */
const componentOf = ({ name }: DescribedHeader) => name.replace(/^X-/, '').replaceAll('-', '')

/** Each header once, for the document's components. */
export const componentHeaders = () =>
  Object.fromEntries(
    [...EVERY_REPLY, RETRY_AFTER, ETAG, IDEMPOTENCY_STATUS].map((header) => [
      componentOf(header),
      { description: header.description, schema: header.schema },
    ]),
  )

/** The headers of a reply as references to the components: those of every reply, and these. */
export const headerReferences = (headers: readonly DescribedHeader[]) =>
  Object.fromEntries(
    [...EVERY_REPLY, ...headers].map((header) => [
      header.name,
      { $ref: `#/components/headers/${componentOf(header)}` },
    ]),
  )

/** What passes by itself: the refusal says when to try again. */
const PASSING: readonly ErrorCode[] = ['rate_limited', 'unavailable', 'idempotency_in_progress']

/** The headers of a refusal with one of these codes, beside those that every reply has. */
export const refusalHeaders = (codes: readonly ErrorCode[]): DescribedHeader[] =>
  codes.some((code) => PASSING.includes(code)) ? [RETRY_AFTER] : []
