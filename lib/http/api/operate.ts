import type { Context, Handler } from 'hono'
import { z } from 'zod'
import { DomainError, notFound, validationFailed } from '@/lib/base/errors'
import { Download, Upload } from '@/lib/contracts/bytes'
import { writeReply } from '@/lib/contracts/encode'
import { isOptionalBody, isSearch, type Operation } from '@/lib/contracts/operation'
import type { ApiEnvironment } from '@/lib/http/api/environment'
import { readIdempotency } from '@/lib/http/api/idempotency'
import { isKnown, type Preconditions, readPreconditions } from '@/lib/http/api/preconditions'
import { reply, sendBytes } from '@/lib/http/api/reply'
import { readBody } from '@/lib/http/body/read-body'
import { spool } from '@/lib/http/body/spool'
import { isDecodable } from '@/lib/http/is-decodable'
import { MAX_AGENT } from '@/lib/http/request-id'
import { validate, validateQuery } from '@/lib/http/validate'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { inFairShare, inHeavyShare } from '@/lib/kernel/db/fair-share'
import {
  type Answer,
  answerStatus,
  type IdempotentRequest,
  onceInStatement,
  onceInTransaction,
  withoutSecret,
} from '@/lib/kernel/idempotency/once'
import type { FullContext, Implemented } from '@/lib/kernel/rows/implement'
import { etagOf, RowReply } from '@/lib/kernel/rows/reply'
import { requireStillInUse } from '@/lib/keys/authenticate/require-still-in-use'
import { CATALOGUE } from '@/lib/resources/register'

/** A body that takes longer than this was not sent at once, and its key may have ended meanwhile. */
const HELD_BACK_MS = 50

const NO_QUERY = z.strictObject({})

/** A row that the domain read: its schema leaves the version out of the body. */
const versioned = z.object({ version: z.int() })

type Input = { params: unknown; query: unknown; body: unknown }

/**
 * Turns one operation and its verb into a Hono handler: scope → preconditions → params, query, body → idempotency → the
 * verb → the reply.
 */
export function operate(implemented: Implemented): Handler<ApiEnvironment> {
  const { operation } = implemented
  const name = `${operation.method.toUpperCase()} ${operation.path}`
  return async (c) => {
    const context = resourceContext(c)
    c.set('scope', operation.scope)
    c.set('operation', name)
    if (c.env.call) c.env.call.operation = name
    if (operation.scope !== null) requireScope(context, operation.scope)
    const preconditions = readPreconditions(operation, c.req.raw.headers)
    const params = readParams(operation, c)
    const query = readQuery(operation, c.req.url)
    const began = performance.now()
    const sent =
      (operation.body || operation.upload) && (await c.get('deadline').whileSending(readSent(operation, c.req.raw)))
    try {
      if (performance.now() - began > HELD_BACK_MS) await requireStillInUse(context, operation.scope)
      const body = operation.body ? validate(operation.body, sent) : sent

      const request = { keyed: null, if_match: preconditions.if_match }
      const idempotent = readIdempotency(c.req.raw, sent)
      const input = { params, query, body }
      const work = () => carryOut(implemented, { ...context, request }, input, idempotent)
      const answer = await inShare(operation, context, input, idempotent, work)
      return answer instanceof Download ? sendBytes(c, answer, preconditions) : write(c, answer, preconditions)
    } finally {
      if (sent instanceof Upload) await sent.end()
    }
  }
}

/** Carries out the verb, once for all requests with the same Idempotency-Key. */
async function carryOut(
  { operation, verb, oneStatement }: Implemented,
  ctx: FullContext,
  input: Input,
  idempotent: IdempotentRequest | null,
): Promise<Answer | Download> {
  if (!idempotent) {
    const result = await verb(ctx, input)
    return result instanceof Download ? result : toAnswer(operation, result)
  }
  if (!oneStatement) {
    return onceInTransaction(ctx, idempotent, async (within) => toAnswer(operation, await verb(within, input)))
  }
  const keyed = { ...idempotent, status: operation.reply.status }
  const keyedCtx = { ...ctx, request: { ...ctx.request, keyed } }
  return onceInStatement(ctx, idempotent, async () => toAnswer(operation, await verb(keyedCtx, input)))
}

/**
 * Searches and bulk calls of a key wait for each other, and take no place of its other calls. A request with an Idempotency-Key
 * takes a place of its own when it is its turn.
 */
function inShare<Result>(
  operation: Operation,
  { actor: { lineage_id: caller }, tenant: { organization_id: organization } }: ResourceContext,
  { query }: Input,
  idempotent: IdempotentRequest | null,
  work: () => Promise<Result>,
): Promise<Result> {
  if (operation.bulk || isSearch(operation, Object(query))) return inHeavyShare({ caller, organization }, work)
  return idempotent ? work() : inFairShare(caller, work)
}

/** The answer, written by Postgres or by the operation's schema; what is kept of it for a replay has no secret. */
function toAnswer({ reply: { status, schema }, secret, etag }: Operation, result: unknown): Answer {
  if (result instanceof RowReply) {
    const { json, replayed, again } = result
    const answered = replayed === null ? (again ? 200 : status) : answerStatus.parse(replayed)
    return { status: answered, body: json, kept: json, etag: result.etag, replayed: replayed !== null }
  }
  if (!schema) return { status, body: null, kept: null, etag: null, replayed: false }
  const value = writeReply(schema, result)
  const body = JSON.stringify(value)
  const kept = secret ? withoutSecret(value, secret) : body
  return { status, body, kept, etag: etag ? etagOf(versioned.parse(result).version) : null, replayed: false }
}

function write(
  c: Context<ApiEnvironment>,
  { status, body, etag, replayed }: Answer,
  preconditions: Preconditions,
): Response {
  const headers = c.get('headers')
  if (etag) headers.ETag = etag
  if (replayed) headers['X-Idempotency-Status'] = 'cached'
  return reply(c, isKnown(etag, preconditions) ? { status: 304, body: null } : { status, body })
}

/** @throws DomainError validation_failed for a parameter that is not encoded as one is */
function parametersOf(search: string): URLSearchParams {
  for (const parameter of search.split('&')) {
    // URLSearchParams would read %zz as it stands, and %ff as a character that nobody sent.
    if (!isDecodable(parameter)) {
      const [path = ''] = parameter.split('=', 1)
      throw validationFailed([{ path, message: 'Write it in UTF-8, percent-encoded: a % itself is %25.' }])
    }
  }
  return new URLSearchParams(search)
}

function resourceContext(c: Context<ApiEnvironment>): ResourceContext {
  const { actor, organization } = c.get('authentication')
  return {
    db: prisma(),
    actor,
    organization,
    tenant: { organization_id: organization.id, environment: actor.environment },
    origin: {
      request_id: c.get('request_id'),
      address: c.env.peer.address,
      user_agent: c.req.header('User-Agent')?.slice(0, MAX_AGENT) ?? null,
    },
  }
}

function requireScope({ actor }: ResourceContext, scope: string) {
  if (CATALOGUE.grants(actor.scopes, scope)) return
  throw new DomainError(
    'insufficient_scope',
    `Key ${actor.key_prefix} lacks ${scope}. Edit the key and add it, or use a key that has it.`,
    { key_prefix: actor.key_prefix, required_scopes: [scope] },
  )
}

/** An id of the wrong form names nothing: the reply is the one for a row that never was. */
function readParams({ params }: Operation, { req }: Context<ApiEnvironment>) {
  if (!params) return undefined
  const result = params.safeParse(req.param())
  if (!result.success) throw notFound('row')
  return result.data
}

/** A body of bytes as it is, else JSON. One of which nothing is required may be left out: then it is as if it were empty. */
async function readSent(operation: Operation, request: Request): Promise<unknown> {
  if (operation.upload) return spool(request, operation.upload)
  const length = request.headers.get('Content-Length')
  // HTTP/1.1: without a length and without chunks there is no body.
  const isAbsent = length === '0' || (length === null && !request.headers.has('Transfer-Encoding'))
  return isAbsent && isOptionalBody(operation) ? {} : readBody(request, operation.body_limit)
}

function readQuery(operation: Operation, url: string) {
  // The query alone: to parse the whole address, or a query that is neither known nor sent, would cost each call more.
  const start = url.indexOf('?')
  if (start < 0 && !operation.query) return {}
  const sent = parametersOf(start < 0 ? '' : url.slice(start + 1))
  // RFC 6750 lets clients put a token here; we neither read it nor mind it.
  sent.delete('access_token')
  return validateQuery(operation.query ?? NO_QUERY, sent)
}
