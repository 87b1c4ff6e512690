import type { ErrorCode } from '@/lib/base/errors'
import { isOptionalBody, type UploadOf } from '@/lib/contracts/operation'
import { LANGUAGES } from '@/lib/contracts/samples/languages'
import { ERROR_GUIDE } from '@/lib/docs/error-guide'
import type { DocumentedOperation } from '@/lib/docs/operations'
import { replyExample } from '@/lib/docs/reply-example'
import { type RowVariable, sampleOf } from '@/lib/docs/sample-of-operation'
import { type FieldShape, fieldsOf, type Shape, shapeOf } from '@/lib/docs/shape'
import { type DrawnStates, drawStatesAround } from '@/lib/docs/states'
import { codesByStatus, errorCodes } from '@/lib/http/api/openapi/errors'
import { type DescribedHeader, notModified, replyHeaders, requestHeaders } from '@/lib/http/api/openapi/headers'
import { type Components, wireSchema } from '@/lib/http/api/openapi/schemas'
import { PROBLEM_KINDS } from '@/lib/http/problems'
import { CATALOGUE } from '@/lib/resources/register'

/** All that the page of an operation shows, as plain data. */
export type OperationDescription = {
  resource: { name: string; title: string }
  name: string
  href: string
  method: string
  path: string
  summary: string
  description: string | null
  scope: string | null
  /** Scopes that open it beside its own. */
  wider: string[]
  params: FieldShape[]
  query: FieldShape[]
  headers: FieldShape[]
  body: { shape: Shape; optional: boolean; limit: number } | null
  /** Bytes that are sent instead of JSON. */
  upload: UploadOf | null
  reply: {
    status: number
    description: string
    shape: Shape | null
    /** The media type of bytes that are replied instead of JSON. */
    bytes: string | null
    example: string | null
    headers: FieldShape[]
    /** What it is instead where an If-None-Match holds. */
    notModified: { status: number; description: string } | null
  }
  /** The states between which it moves rows; null: it makes no move. */
  states: DrawnStates | null
  errors: { status: number; title: string; codes: { code: ErrorCode; when: string }[] }[]
  samples: { name: string; label: string; code: string }[]
  /** What to set beside the key before running the examples. */
  rows: RowVariable[]
}

const DEFAULT_BODY_LIMIT = 1_048_576

const WIDE = CATALOGUE.scopes.filter(({ resource }) => resource === null).map(({ scope }) => scope)

const widerThan = (scope: string) => WIDE.filter((wide) => wide !== scope && CATALOGUE.grants([wide], scope))

/**
 * Draws the page of an operation from its contract.
 * @param origin scheme and host of the API
 */
export function describeOperationPage(
  { resource, name, operation, href }: DocumentedOperation,
  origin: string,
): OperationDescription {
  const { method, path, scope, summary, description, params, query, body, reply } = operation
  const components: Components = new Map()
  const { call, rows } = sampleOf(operation, origin)
  const example = replyExample(resource, name)
  return {
    resource: { name: resource.name, title: resource.title },
    name,
    href,
    method: method.toUpperCase(),
    path: `/api/v1${path}`,
    summary,
    description: description ?? null,
    scope,
    wider: scope === null ? [] : widerThan(scope),
    params: params ? fieldsOf(wireSchema(params, components), components) : [],
    query: query ? fieldsOf(wireSchema(query, components), components) : [],
    headers: headerFields(requestHeaders(operation)),
    body: body
      ? {
          shape: shapeOf(wireSchema(body, components), components),
          optional: isOptionalBody(operation),
          limit: operation.body_limit ?? DEFAULT_BODY_LIMIT,
        }
      : null,
    upload: operation.upload ?? null,
    reply: {
      status: reply.status,
      description: reply.description,
      shape: reply.schema && shapeOf(wireSchema(reply.schema, components), components),
      bytes: reply.bytes ?? null,
      example: example === undefined ? null : JSON.stringify(example, null, 2),
      headers: headerFields(replyHeaders(operation)),
      notModified: notModified(operation),
    },
    states: drawStatesAround(resource, href),
    errors: errorsOf(errorCodes(operation)),
    samples: LANGUAGES.map(({ name, label, write }) => ({ name, label, code: write(call) })),
    rows,
  }
}

const headerFields = (headers: readonly DescribedHeader[]): FieldShape[] =>
  headers.map(({ name, description, schema }) => ({
    ...shapeOf(schema, new Map()),
    name,
    description,
    required: false,
    fallback: null,
  }))

function errorsOf(codes: readonly ErrorCode[]): OperationDescription['errors'] {
  return [...codesByStatus(codes)].map(([status, those]) => ({
    status,
    title: PROBLEM_KINDS[those[0] ?? 'internal'].title,
    codes: those.map((code) => ({ code, when: ERROR_GUIDE[code].when })),
  }))
}
