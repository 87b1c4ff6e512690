import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { runtime } from '@/lib/base/node/runtime'
import { prisma } from '@/lib/kernel/db/client'
import { useOwnDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'
import { build, type Product, spawnProduct, stop } from '@/lib/testing/product'

/** The whole process, stopped under load. */

const CALLERS = 30
const STOPS = 5
/** As seldom as a caller may call. */
const SELDOM_MS = 5_000

useOwnDatabase()

let key: string
const settings = () => ({
  DATABASE_URL: runtime().databaseUrl,
  AUTH_SECRET: runtime().authSecret,
  HOST: '127.0.0.1',
})

beforeAll(async () => {
  await build()
  const organization = await makeOrganization()
  ;({ key } = await makeKey(organization, { environment: 'live', scopes: ['contacts:read', 'contacts:write'] }))
}, 300_000)

type Outcome = { status: number; connection: string | undefined; at: number } | { code: string | undefined }

/** One call on a connection that its caller keeps for the next. */
function call(agent: Agent, url: string, body?: string): Promise<Outcome> {
  const headers = { Authorization: `Bearer ${key}`, ...(body && { 'Content-Type': 'application/json' }) }
  return new Promise((done) => {
    const sent = request(url, { agent, method: body ? 'POST' : 'GET', headers }, (reply) => {
      const { statusCode = 0, headers } = reply
      text(reply).then(
        () => done({ status: statusCode, connection: headers.connection, at: performance.now() }),
        ({ code }) => done({ code }),
      )
    })
    sent.on('error', ({ code }: NodeJS.ErrnoException) => done({ code })).end(body)
  })
}

const acknowledged: string[] = []

/** Calls on and on, until nobody listens any more. @returns every outcome */
async function keepCalling(product: string, round: number, caller: number): Promise<Outcome[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const outcomes: Outcome[] = []
  for (let n = 0; ; n++) {
    const email = `${round}-${caller}-${n}@example.com`
    const writes = caller % 2 === 0
    const outcome = writes
      ? await call(agent, `${product}/api/v1/contacts`, JSON.stringify({ email }))
      : await call(agent, `${product}/api/v1/me`)
    outcomes.push(outcome)
    if ('code' in outcome) break
    if (writes && outcome.status === 201) acknowledged.push(email)
    // Some call seldom: their connections are idle when the process is told to stop.
    if (caller % 5 === 0) await sleep(SELDOM_MS)
  }
  agent.destroy()
  return outcomes
}

async function stopUnderLoad(round: number) {
  const product: Product = spawnProduct(settings())
  const url = await product.ready()
  const calling = Promise.all(Array.from({ length: CALLERS }, (_, caller) => keepCalling(url, round, caller)))
  await sleep(2_000)
  const exit = stop(product)
  await expect.poll(async () => (await fetch(`${url}/api/health/ready`)).status).toBe(503)
  const notReadyAt = performance.now()
  expect(await exit).toBe(0)
  return { outcomes: (await calling).flat(), notReadyAt }
}

test('five stops under load reset nobody, say Connection: close in every reply, and lose no acknowledged write', async () => {
  for (let round = 0; round < STOPS; round++) {
    const { outcomes, notReadyAt } = await stopUnderLoad(round)
    const replies = outcomes.flatMap((outcome) => ('status' in outcome ? [outcome] : []))
    const failures = outcomes.flatMap((outcome) => ('code' in outcome ? [outcome.code] : []))
    // Each caller ends by finding that nobody listens: refused before it has sent anything.
    expect(failures).toEqual(Array.from({ length: CALLERS }, () => 'ECONNREFUSED'))
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200, 201]))
    const after = replies.filter(({ at }) => at > notReadyAt)
    expect(new Set(after.map(({ connection }) => connection))).toEqual(new Set(['close']))
  }
  const kept = await prisma().contact.findMany({ where: { email: { in: acknowledged } }, select: { email: true } })
  expect(kept).toHaveLength(acknowledged.length)
})
