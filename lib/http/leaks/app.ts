import { type Context, Hono } from 'hono'
import { DomainError, notFound } from '@/lib/base/errors'
import { env } from '@/lib/base/node/env'
import { decodeJson, OPEN_LIMIT, readBody, readBytes } from '@/lib/http/body/read-body'
import { githubReport, readSignature, requireSignedByGithub, type Signature } from '@/lib/http/leaks/github'
import { AddressLimit, inMemory } from '@/lib/http/limit-address'
import { asOperation, type OpenEnvironment, onlyOverHttps, opening } from '@/lib/http/opening'
import { problemResponse, toDomainError } from '@/lib/http/problems'
import { MAX_AGENT } from '@/lib/http/request-id'
import { validate } from '@/lib/http/validate'
import { prisma } from '@/lib/kernel/db/client'
import { leakReport } from '@/lib/keys/life/leaks/contract'
import { reportLeaks } from '@/lib/keys/life/leaks/report'

const PATH = '/api/leaked-keys'

const limit = new AddressLimit(inMemory(30), 'reports')

/** In bytes: about a thousand matches of GitHub's. */
const SIGNED_LIMIT = 262_144

const app = new Hono<OpenEnvironment>()

app.use(opening({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }))

app.post(PATH, asOperation(`POST ${PATH}`), onlyOverHttps('Report leaked keys'), async (c) => {
  const { address } = c.env.peer
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
async function readOpen(c: Context<OpenEnvironment>): Promise<Reports> {
  const sent = await c.var.deadline.whileSending(readBody(c.req.raw, OPEN_LIMIT))
  return { by: 'somebody', found: [validate(leakReport, sent)] }
}

/** What GitHub sends: how often it does is not limited. */
async function readSigned(c: Context<OpenEnvironment>, signature: Signature, file: string): Promise<Reports> {
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
