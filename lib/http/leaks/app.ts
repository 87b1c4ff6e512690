import { type Context, Hono } from 'hono'
import { DomainError, notFound } from '@/lib/base/errors'
import { env } from '@/lib/base/node/env'
import { runtime } from '@/lib/base/node/runtime'
import { decodeJson, OPEN_LIMIT, readBody, readBytes } from '@/lib/http/body/read-body'
import type { CallNote } from '@/lib/http/calls'
import { type Deadline, inTime } from '@/lib/http/deadline'
import { githubReport, readSignature, requireSignedByGithub, type Signature } from '@/lib/http/leaks/github'
import { AddressLimit, inMemory } from '@/lib/http/limit-address'
import type { Peer } from '@/lib/http/peer'
import { problemResponse, toDomainError } from '@/lib/http/problems'
import { MAX_AGENT, requestId } from '@/lib/http/request-id'
import { validate } from '@/lib/http/validate'
import { prisma } from '@/lib/kernel/db/client'
import { leakReport } from '@/lib/keys/life/leaks/contract'
import { reportLeaks } from '@/lib/keys/life/leaks/report'

type LeaksEnvironment = {
  Bindings: { peer: Peer; call?: CallNote }
  Variables: { request_id: string; deadline: Deadline }
}

const PATH = '/api/leaked-keys'

const limit = new AddressLimit(inMemory(30), 'reports')

/** In bytes: about a thousand matches of GitHub's. */
const SIGNED_LIMIT = 262_144

const app = new Hono<LeaksEnvironment>()

app.use(async (c, next) => {
  const request_id = requestId(c.req.header('X-Request-Id'))
  c.set('request_id', request_id)
  if (c.env.call) c.env.call.request_id = request_id
  c.header('X-Request-Id', request_id)
  c.header('Cache-Control', 'no-store')
  c.header('X-Content-Type-Options', 'nosniff')
  await inTime((deadline) => {
    c.set('deadline', deadline)
    return next()
  })
})

app.post(PATH, async (c) => {
  if (c.env.call) c.env.call.operation = `POST ${PATH}`
  const { address, https } = c.env.peer
  if (runtime().requireHttps && !https) throw new DomainError('https_required', 'Report leaked keys over HTTPS.')
  await limit.count(address)
  const signature = env.GITHUB_PUBLIC_KEYS ? readSignature(c.req.raw.headers) : null
  const reports = await (signature && env.GITHUB_PUBLIC_KEYS
    ? readSigned(c, signature, env.GITHUB_PUBLIC_KEYS)
    : readOpen(c))
  const user_agent = c.req.header('User-Agent')?.slice(0, MAX_AGENT) ?? null
  await reportLeaks({ db: prisma(), origin: { request_id: c.var.request_id, address, user_agent } }, reports)
  return c.json({ received: reports.found.length })
})

app.all(PATH, () => {
  throw new DomainError('method_not_allowed', 'This path has POST.', { allow: ['POST'] })
})

app.notFound(() => {
  throw notFound('path')
})
app.onError((error, c) => problemResponse(toDomainError(error, c.var.request_id), c.var.request_id, c.res.headers))

type Reports = Parameters<typeof reportLeaks>[1]

/** What anybody sends. */
async function readOpen(c: Context<LeaksEnvironment>): Promise<Reports> {
  const sent = await c.var.deadline.whileSending(readBody(c.req.raw, OPEN_LIMIT))
  return { by: 'somebody', found: [validate(leakReport, sent)] }
}

/** What GitHub sends: how often it does is not limited. */
async function readSigned(c: Context<LeaksEnvironment>, signature: Signature, file: string): Promise<Reports> {
  const bytes = await c.var.deadline.whileSending(readBytes(c.req.raw, SIGNED_LIMIT))
  await requireSignedByGithub(bytes, signature, file)
  await limit.giveBack(c.env.peer.address)
  const found = validate(githubReport, decodeJson(bytes))
  return { by: 'GitHub', found: found.map(({ token, url }) => ({ key: token, url })) }
}

/**
 * `POST /api/leaked-keys`: for whoever has found a key, and has neither another nor a session. The reply never tells
 * whether it was one.
 */
export const leaks = app
