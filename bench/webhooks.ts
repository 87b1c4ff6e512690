import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { z } from 'zod'
import { load, type Measure } from './load'
import { makeKeys, type Product, withDatabase } from './product'
import { compare, promise, type Rounds, timesAsFast } from './report'

const EVENTS = 1_000
const BACKLOG = 50_000
const PORTION = 5_000
const SECONDS = 3
const ROUNDS = 5

/** A receiver that takes everything at once. @returns how many messages it has had, by their ids */
async function startReceiver() {
  const ids = new Set<string>()
  const server = createServer((request, response) => {
    ids.add(String(request.headers['webhook-id']))
    request.resume().on('end', () => response.end())
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('The receiver does not listen.')
  return { url: `http://127.0.0.1:${address.port}/`, ids, stop: () => server.close() }
}

const made = z.object({ id: z.string(), key: z.string().optional() })

async function subscribe({ url, cli }: Product, receiver: string, events: string[]): Promise<string> {
  const { key } = made.parse(
    await cli('keys', 'create', '--org', 'acme', '--name', 'webhooks', '--scopes', 'admin', '--env', 'live'),
  )
  const reply = await fetch(`${url}/api/v1/webhooks`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ url: receiver, events }),
  })
  return made.parse(await reply.json()).id
}

/** Events of one transaction, as of a write of so many rows. */
const happen = (client: pg.Client, type: string, count: number) =>
  client.query(
    `INSERT INTO activities (id, organization_id, environment, type, actor_kind, actor_label, subject_kind, subject_id)
     SELECT gen_random_uuid(), o.id, 'live', $1, 'key', 'bench', 'contact', gen_random_uuid()
     FROM organizations o, generate_series(1, $2::int) n WHERE o.slug = 'acme'`,
    [type, count],
  )

/** From the commit to the last arrival. */
async function arrivals(client: pg.Client, { ids }: { ids: Set<string> }) {
  const began = performance.now()
  await happen(client, 'contact.deleted', EVENTS)
  while (ids.size < EVENTS) await sleep(5)
  const perSecond = EVENTS / ((performance.now() - began) / 1_000)
  promise(`${EVENTS} events arrive at ${perSecond.toFixed(0)} a second (at least 300)`, perSecond >= 300)
}

/** `/me` in turns with nothing to send, and beside more than can be sent. */
async function beside(client: pg.Client, { url }: Product, keys: string[], webhook: string) {
  const me = { url: `${url}/api/v1/me`, keys }
  const alone: Measure[] = []
  const full: Measure[] = []
  const turn = (enabled: boolean) => client.query('UPDATE webhooks SET enabled = $1 WHERE id = $2', [enabled, webhook])
  for (let happened = 0; happened < BACKLOG; happened += PORTION) await happen(client, 'contact.deleted', PORTION)
  await sleep(3_000)
  for (let round = 0; round < ROUNDS; round++) {
    await turn(false)
    await sleep(1_000)
    alone.push(await load(me, { seconds: SECONDS }))
    await turn(true)
    await sleep(1_000)
    full.push(await load(me, { seconds: SECONDS }))
  }
  await turn(false)
  const rounds: Rounds = { alone, full }
  const ratio = timesAsFast(rounds, 'full', 'alone')
  promise(`/me beside a full queue of webhooks is ${ratio.toFixed(2)} × as fast (at least 0.9)`, ratio >= 0.9)
}

/** Webhooks: how fast events arrive, and how little they take from calls. */
export async function webhooks(product: Product, dataDir: string, keys: string[]): Promise<void> {
  const receiver = await startReceiver()
  const test = await makeKeys(product, keys.length, 'test')
  const webhook = await subscribe(product, receiver.url, ['contact.deleted'])
  await withDatabase(dataDir, async (client) => {
    await arrivals(client, receiver)
    // What is written live is read for a subscription to something else; for the sandbox there is none.
    const write = { url: `${product.url}/api/v1/tasks`, method: 'POST' as const, body: '{"title":"Call Ada"}' }
    const rounds = await compare({ subscribed: { ...write, keys }, not: { ...write, keys: test } })
    const dearer = timesAsFast(rounds, 'not', 'subscribed')
    promise(`a webhook makes a write ${dearer.toFixed(2)} × as dear (at most 1.2)`, dearer <= 1.2)
    await beside(client, product, keys, webhook)
  })
  receiver.stop()
}
