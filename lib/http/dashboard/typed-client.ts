import type { Hono } from 'hono'
import type { Schema } from 'hono/types'
import type { UnionToIntersection } from 'hono/utils/types'
import type { z } from 'zod'
import type { DashboardEnvironment } from '@/lib/http/dashboard/environment'
import type { Parameters, Route, Routed } from '@/lib/http/dashboard/route'

/** The routes in the form from which Hono's typed client is made. Types alone: a browser loads nothing of it. */

type WithParameters<Name extends string> = [Name] extends [never] ? object : { param: Record<Name, string> }

type Request<R extends Route> = WithParameters<Parameters<R['path']>> &
  (R['query'] extends z.ZodType ? { query: z.input<R['query']> } : object) &
  (R['body'] extends z.ZodType ? { json: z.input<R['body']> } : object)

type Reply<R extends Route> = R['reply']['schema'] extends z.ZodType
  ? { output: z.input<R['reply']['schema']>; outputFormat: 'json'; status: R['reply']['status'] }
  : { output: null; outputFormat: 'body'; status: R['reply']['status'] }

type Endpoint<R extends Route> = {
  [Path in `/api/dashboard${R['path']}`]: { [Method in `$${R['method']}`]: { input: Request<R> } & Reply<R> }
}

type Endpoints<One extends Routed> = UnionToIntersection<One extends Routed<infer R> ? Endpoint<R> : never>

export type TypedApp<Routes extends readonly Routed[]> =
  Endpoints<Routes[number]> extends infer All extends Schema ? Hono<DashboardEnvironment, All, '/api/dashboard'> : never
