import type { Context, Handler } from 'hono'
import { notFound } from '@/lib/base/errors'
import { FileStream } from '@/lib/contracts/bytes'
import { writeReply } from '@/lib/contracts/encode'
import { id } from '@/lib/contracts/fields'
import { isSearch } from '@/lib/contracts/operation'
import { attachmentDisposition } from '@/lib/http/api/content-disposition'
import { readIdempotency } from '@/lib/http/api/idempotency'
import { OPEN_LIMIT, readBody } from '@/lib/http/body/read-body'
import { streamOf } from '@/lib/http/body/stream-of'
import { callerOf } from '@/lib/http/dashboard/caller'
import type { AnyEnvironment } from '@/lib/http/dashboard/environment'
import { askAgain } from '@/lib/http/dashboard/guard'
import type { Route, Routed } from '@/lib/http/dashboard/route'
import { validate, validateQuery } from '@/lib/http/validate'
import { inHeavyShare } from '@/lib/kernel/db/fair-share'

/** Turns a route into a Hono handler: query → body → who is there now → parameters → role → what carries it out → the reply. */
export function answer({ route, carryOut }: Routed): Handler<AnyEnvironment> {
  const { role, reply } = route
  const name = `${route.method.toUpperCase()} ${route.path}`
  return async (c) => {
    c.set('operation', name)
    if (c.env.call) c.env.call.operation = name
    const query = route.query && validateQuery(route.query, new URL(c.req.url).searchParams)
    const body = route.body && (await readInput(c, route.body))
    const params = readParams(c, route)
    const idempotent = readIdempotency(c.req.raw, body)
    const work = async () => carryOut(callerOf(c, role), { params, query, body, idempotent })
    const result = await (isSearch(route, query) ? inHeavyShare(searcherOf(c), work) : work())
    if (result instanceof FileStream) return sendFile(c, result)
    return reply.schema ? c.json(writeReply(reply.schema, result), reply.status) : c.body(null, reply.status)
  }
}

async function* encoded(portions: FileStream['portions']): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  for await (const portion of portions) yield encoder.encode(portion)
}

const sendFile = (c: Context<AnyEnvironment>, { type, name, portions }: FileStream): Response =>
  c.body(streamOf(encoded(portions)), 200, { 'Content-Type': type, 'Content-Disposition': attachmentDisposition(name) })

/** The platform's searches are of no organisation. */
const searcherOf = ({ var: { user, member } }: Context<AnyEnvironment>) => ({
  caller: user?.id ?? 'nobody',
  organization: member?.organization.id ?? 'platform',
})

async function readInput(c: Context<AnyEnvironment>, schema: NonNullable<Route['body']>): Promise<object> {
  // A short one where nobody is signed in.
  const limit = c.var.user ? undefined : OPEN_LIMIT
  const sent = await c.var.deadline.whileSending(readBody(c.req.raw, limit))
  await askAgain(c)
  return validate(schema, sent)
}

/** An id of the wrong form names nothing. @throws DomainError not_found */
function readParams(c: Context<AnyEnvironment>, { names }: Route): Record<string, string> {
  const params = c.req.param()
  if (!names) return params
  const result = id().safeParse(params.id)
  if (!result.success) throw notFound(names)
  return { ...params, id: result.data }
}
