import type { z } from 'zod'
import type { FileStream } from '@/lib/contracts/bytes'
import type { Caller, Role } from '@/lib/http/dashboard/caller'
import type { IdempotentRequest } from '@/lib/kernel/idempotency/once'

export type Named = 'API key' | 'webhook' | 'user' | 'team' | 'invitation' | 'session' | 'platform admin' | 'job'

/** Reading asks for no proof. A change says whether it may: where it widens something, or where it deletes a live key. */
type Action =
  | { method: 'get' }
  | { method: 'post' | 'put' | 'patch' | 'delete'; proof: 'to_widen' | 'to_delete' | 'never' }

/**
 * One route of the dashboard's API, as data. The router, the guard, the typed client and the tests that loop over all
 * routes read it; nothing about a route is written anywhere else.
 */
export type Route = Action & {
  /** Below `/api/dashboard`, as Hono and the typed client write it: `/orgs/:org/keys/:id`. */
  path: `/${string}`
  role: Role
  /** What `:id` names, in the words of a refusal. */
  names?: Named
  query?: z.ZodType<object>
  /** The fields of the query that look for rows: few such calls run at once. */
  searches?: readonly string[]
  body?: z.ZodType<object>
  reply:
    | { status: 200 | 201; schema: z.ZodType; file?: undefined }
    | { status: 202 | 204; schema: null; file?: undefined }
    /** A file that the browser saves, sent as it is made. */
    | { status: 200; schema: null; file: true }
}

/** The names of a path's parameters. */
export type Parameters<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | Parameters<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined

type Input<R extends Route> = {
  params: Record<Parameters<R['path']>, string>
  query: Parsed<R['query']>
  body: Parsed<R['body']>
  /** What makes the request one of several equal ones, for a verb that is carried out once for all of them. */
  idempotent: IdempotentRequest | null
}

/** The program's side of the reply; where there is no body, whatever comes back is left. */
type Result<R extends Route> = R['reply']['schema'] extends z.ZodType
  ? z.output<R['reply']['schema']>
  : R['reply']['file'] extends true
    ? FileStream
    : unknown

type CarryOut<R extends Route> = (caller: Caller<R['role']>, input: Input<R>) => Result<R> | Promise<Result<R>>

/** What a route does, where which route it is is known at run time only: caller and input were made for it. */
type AnyCarryOut = (
  caller: Caller<Role>,
  input: { params: Record<string, string>; query: unknown; body: unknown; idempotent: IdempotentRequest | null },
) => unknown

/** A route with what carries it out. */
export type Routed<R extends Route = Route> = { route: R; carryOut: AnyCarryOut }

/** Binds a route to what carries it out, checked against each other by their types. */
export function route<const R extends Route>(route: R, carryOut: CarryOut<R>): Routed<R>
export function route(route: Route, carryOut: AnyCarryOut): Routed {
  return { route, carryOut }
}
