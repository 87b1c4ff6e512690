import { z } from 'zod'
import type { ErrorCode } from '@/lib/base/errors'
import type { Download, Upload } from '@/lib/contracts/bytes'

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** A body of bytes of a media type, or of any (ANY_TYPE). */
export type UploadOf = {
  type: string
  /** At most so many. */
  limit: number
  /** The field of the query that takes the name of the file. */
  named_by?: string
}

/**
 * One operation of the public API, as data. The router, validation, OpenAPI, the scope picker, the docs and the
 * contract tests all read it; nothing about an operation is written anywhere else.
 */
export type Operation = {
  method: Method
  /** Below `/api/v1`, parameters in braces: `/leads/{id}`. */
  path: `/${string}`
  /** What a key must hold; null: any key that is good. */
  scope: string | null
  summary: string
  description?: string
  params?: z.ZodObject
  query?: z.ZodObject
  /** The fields of the query that look for rows: few such calls of a caller run at once. */
  searches?: readonly string[]
  body?: z.ZodType
  /** Works on many rows: few such calls of a caller run at once, too. */
  bulk?: boolean
  /** The body is bytes instead. */
  upload?: UploadOf
  reply: { description: string } & (
    | { status: 200 | 201 | 202; schema: z.ZodType; bytes?: undefined }
    | { status: 204; schema: null; bytes?: undefined }
    /** Bytes of this media type, or of any. Only to a GET: no Idempotency-Key keeps them. */
    | { status: 200; schema: null; bytes: string }
  )
  /** The member of the reply that is a secret: shown once, never stored, null when an answer is replayed. */
  secret?: string
  /** Beside the errors that every operation has: those that only this one gives. */
  errors?: readonly ErrorCode[]
  /** Bytes; 1 MB where absent. */
  body_limit?: number
  /** The reply is one row, whose version it carries as its ETag. */
  etag?: boolean
  /** What fields of the body, and parameters of the path, name: rows of the collection at that path. */
  references?: Readonly<Record<string, `/${string}`>>
  /** The move from one state to another that it makes, by its name in the definition of the rows. */
  move?: string
  /** The collection whose rows it makes, where that is not its own path. */
  makes?: `/${string}`
  /** The table whose row it deletes: what refers to the row may keep it. */
  removes?: string
  /** What is answered with 200 where the same was made before: the row that there is. */
  again?: string
  /** The operation of the resource that must have happened to the same row before an example of this one can succeed. */
  before?: string
  /** The collection whose rows bring along those of this one, where it has no POST: a list of it is empty without them. */
  comes_with?: `/${string}`
  /** The preconditions that the operation honours (RFC 9110); any other is refused. */
  preconditions?: readonly Precondition[]
}

export type Precondition = 'If-Match' | 'If-None-Match'

/** Whether a request may come without a body: nothing in it is required, and it is no patch, which would change nothing. */
export const isOptionalBody = ({ method, body }: Pick<Operation, 'method' | 'body'>): boolean =>
  method === 'post' && body !== undefined && body.safeParse({}).success

type Asked = { query?: z.ZodType; searches?: readonly string[] }

/** Whether the order is another than the list's own. */
function isReordered({ query: schema }: Asked, sort: unknown): boolean {
  const own = schema instanceof z.ZodObject ? schema.shape.sort?.safeParse(undefined) : undefined
  return own !== undefined && JSON.stringify(own.data) !== JSON.stringify(sort)
}

/**
 * Whether a call looks for rows: by a text, or by more than one thing, of which an index serves one.
 * @param query as its schema has read it
 */
export function isSearch(asked: Asked, query: object = {}): boolean {
  const given = new Map(Object.entries(query).filter(([, value]) => value !== undefined))
  const sort = given.get('sort')
  const named = [...given.keys()].filter((field) => !['limit', 'cursor', 'sort'].includes(field))
  if (named.some((field) => asked.searches?.includes(field))) return true
  return named.length > 1 || (named.length === 1 && isReordered(asked, sort))
}

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined

/** What a handler is given: the request, checked by the operation's schemas. */
export type OperationInput<O extends Operation> = {
  params: Parsed<O['params']>
  query: Parsed<O['query']>
  body: O['upload'] extends object ? Upload : Parsed<O['body']>
}

/** What a handler returns: the program's side of the reply schema (instants as `Date`), before `z.encode`. */
export type OperationResult<O extends Operation> = O['reply']['schema'] extends z.ZodType
  ? z.output<O['reply']['schema']>
  : O['reply']['bytes'] extends string
    ? Download
    : undefined
