import type { z } from 'zod'
import type { ErrorCode } from '@/lib/base/errors'
import type { Download, Upload } from '@/lib/contracts/bytes'

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

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
  body?: z.ZodType
  /** The body is bytes of this media type instead, or of any (ANY_TYPE): at most `limit` of them. */
  upload?: { type: string; limit: number }
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
  /** The operation of the resource, on the same path, without which an example of this one finds nothing. */
  before?: string
  /** The preconditions that the operation honours (RFC 9110); any other is refused. */
  preconditions?: readonly Precondition[]
}

export type Precondition = 'If-Match' | 'If-None-Match'

/** Whether a request may come without a body: nothing in it is required, and it is no patch, which would change nothing. */
export const isOptionalBody = ({ method, body }: Pick<Operation, 'method' | 'body'>): boolean =>
  method === 'post' && body !== undefined && body.safeParse({}).success

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
