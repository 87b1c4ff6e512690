import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { load, type Measure } from './load'
import { type Product, withDatabase } from './product'
import { promise, type Rounds, timesAsFast } from './report'

const READERS = 10_000
const READERS_BESIDE = 40_000
const SECONDS = 3
const ROUNDS = 7

const TEXT = 'Hello {{ first_name }}, here is what is new.\n\nUnsubscribe: {{ unsubscribe_url }}'
const HTML = `<h1>Hello {{ first_name }}</h1>${'<p>Here is what is new.</p>'.repeat(100)}<a href="{{ unsubscribe_url }}">Unsubscribe</a>`

/** A campaign in the sandbox, which is about to begin, to so many contacts. @returns its id */
async function fill(client: pg.Client, name: string, readers: number): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `WITH acme AS (SELECT id FROM organizations WHERE slug = 'acme'), template AS (
       INSERT INTO templates (id, organization_id, environment, name, subject, html, text, variables)
       SELECT gen_random_uuid(), id, 'test', $1, 'News for {{ first_name }}', $3, $4,
         '[{"name": "first_name", "description": null, "example": "Ada", "default": "there"}]' FROM acme RETURNING *
     ), list AS (
       INSERT INTO contact_lists (id, organization_id, environment, name)
       SELECT gen_random_uuid(), id, 'test', $1 FROM acme RETURNING *
     ), people AS (
       INSERT INTO contacts (id, organization_id, environment, email, first_name)
       SELECT gen_random_uuid(), id, 'test', $1 || n || '@example.com', 'Ada' FROM acme, generate_series(1, $2::int) n
       RETURNING *
     ), members AS (
       INSERT INTO contact_list_members (organization_id, environment, list_id, contact_id)
       SELECT p.organization_id, p.environment, l.id, p.id FROM people p, list l
     )
     INSERT INTO campaigns (id, organization_id, environment, name, status, template_id, template_version, contact_list_id)
     SELECT gen_random_uuid(), t.organization_id, t.environment, $1, 'paused', t.id, 1, l.id FROM template t, list l
     RETURNING id`,
    [name, readers, HTML, TEXT],
  )
  await client.query('ANALYZE contacts, contact_list_members')
  const id = rows[0]?.id ?? ''
  await client.query(
    `INSERT INTO campaign_progress (organization_id, environment, campaign_id, open)
     SELECT organization_id, environment, id, false FROM campaigns WHERE id = $1`,
    [id],
  )
  return id
}

async function turn(client: pg.Client, id: string, status: 'sending' | 'paused') {
  await client.query('UPDATE campaigns SET status = $2::campaign_status WHERE id = $1', [id, status])
  await client.query(`UPDATE campaign_progress SET open = true WHERE campaign_id = $1`, [id])
}

const statusOf = async (client: pg.Client, id: string) =>
  (await client.query<{ status: string }>('SELECT status FROM campaigns WHERE id = $1', [id])).rows[0]?.status

async function alone(client: pg.Client) {
  const id = await fill(client, 'bench-alone', READERS)
  await turn(client, id, 'sending')
  const began = performance.now()
  while ((await statusOf(client, id)) !== 'finished') await sleep(50)
  const perSecond = READERS / ((performance.now() - began) / 1_000)
  const text = `a campaign to ${READERS.toLocaleString('en-US')} contacts makes and sends ${perSecond.toFixed(0)} mails a second`
  promise(`${text} (at least 500)`, perSecond >= 500)
}

/** `/me` in turns with nothing to do, and beside a campaign that does not end meanwhile. */
async function beside(client: pg.Client, { url }: Product, keys: string[]) {
  const id = await fill(client, 'bench-beside', READERS_BESIDE)
  const me = { url: `${url}/api/v1/me`, keys }
  const quiet: Measure[] = []
  const full: Measure[] = []
  await load(me, { seconds: SECONDS })
  for (let round = 0; round < ROUNDS; round++) {
    await turn(client, id, 'paused')
    await sleep(1_500)
    quiet.push(await load(me, { seconds: SECONDS }))
    await turn(client, id, 'sending')
    // The next round of campaigns begins within a second.
    await sleep(1_500)
    full.push(await load(me, { seconds: SECONDS }))
  }
  await turn(client, id, 'paused')
  const { rows } = await client.query<{ sent: number }>('SELECT sent FROM campaign_progress WHERE campaign_id = $1', [
    id,
  ])
  const rounds: Rounds = { quiet, full }
  const ratio = timesAsFast(rounds, 'full', 'quiet')
  const mails = `${rows[0]?.sent ?? 0} mails meanwhile`
  promise(`/me beside a campaign is ${ratio.toFixed(2)} × as fast, ${mails} (at least 0.8)`, ratio >= 0.8)
}

/** Campaigns: how fast their mails are made, and how little that takes from calls. */
export async function campaigns(product: Product, dataDir: string, keys: string[]): Promise<void> {
  await withDatabase(dataDir, async (client) => {
    await alone(client)
    await beside(client, product, keys)
  })
}
