import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { z } from 'zod'
import { setRuntime } from '@/lib/base/node/runtime'
import { disconnect, prisma } from '@/lib/kernel/db/client'
import { defineJob } from '@/lib/kernel/jobs/define'
import { enqueue } from '@/lib/kernel/jobs/enqueue'
import { handle } from '@/lib/kernel/jobs/handle'
import { startWorker } from '@/lib/kernel/jobs/worker'
import { load, type Measure } from './load'
import { type Product, withDatabase } from './product'
import { promise, type Rounds, timesAsFast } from './report'

const JOBS = 6_000
const ENROLLED = 20_000
const SECONDS = 3
const ROUNDS = 7

const nothing = defineJob({ name: 'bench.nothing', data: z.strictObject({ n: z.int() }) })

/** What the queue itself carries: jobs that do nothing, one process. */
async function queue(databaseUrl: string) {
  setRuntime({ databaseUrl, authSecret: 'x'.repeat(32), appUrl: 'http://localhost', requireHttps: false })
  await enqueue({ db: prisma() }, ...Array.from({ length: JOBS }, (_, n) => nothing.job({ n })))
  let done = 0
  const began = performance.now()
  const worker = startWorker([handle(nothing, async () => void done++)])
  while (done < JOBS) await sleep(10)
  const perSecond = JOBS / ((performance.now() - began) / 1_000)
  await worker.stop()
  await disconnect()
  promise(`one process carries out ${perSecond.toFixed(0)} jobs a second (at least 300)`, perSecond >= 300)
}

/** A sequence in the sandbox with contacts who have twenty steps before them each. */
async function fill(client: pg.Client) {
  await client.query(
    `WITH acme AS (SELECT id FROM organizations WHERE slug = 'acme'), sequence AS (
       INSERT INTO sequences (id, organization_id, environment, name, status, updated_at)
       SELECT gen_random_uuid(), id, 'test', 'bench', 'paused', now() FROM acme RETURNING *
     ), steps AS (
       INSERT INTO sequence_steps (id, organization_id, environment, sequence_id, position, kind, title)
       SELECT gen_random_uuid(), s.organization_id, s.environment, s.id, n, 'task', 'bench' FROM sequence s, generate_series(1, 20) n
     ), people AS (
       INSERT INTO contacts (id, organization_id, environment, email, updated_at)
       SELECT gen_random_uuid(), id, 'test', 'step-' || n || '@example.com', now() FROM acme, generate_series(1, $1::int) n
       RETURNING *
     )
     INSERT INTO enrollments (id, organization_id, environment, sequence_id, contact_id)
     SELECT gen_random_uuid(), p.organization_id, p.environment, s.id, p.id FROM people p, sequence s`,
    [ENROLLED],
  )
  await client.query('ANALYZE enrollments')
}

/** `/me` in turns with nothing to do, and beside more steps than can be carried out. */
async function beside(client: pg.Client, { url }: Product, keys: string[]) {
  const me = { url: `${url}/api/v1/me`, keys }
  const alone: Measure[] = []
  const full: Measure[] = []
  await load(me, { seconds: SECONDS })
  const turn = (status: string) =>
    client.query(`UPDATE sequences SET status = $1::sequence_status WHERE name = 'bench'`, [status])
  for (let round = 0; round < ROUNDS; round++) {
    await turn('paused')
    await sleep(1_000)
    alone.push(await load(me, { seconds: SECONDS }))
    await turn('active')
    // The next round of steps begins within five seconds.
    await sleep(5_500)
    full.push(await load(me, { seconds: SECONDS }))
  }
  await turn('paused')
  const { rows } = await client.query<{ moved: number }>(
    `SELECT count(*)::int AS moved FROM activities WHERE type = 'contact.step_carried_out'`,
  )
  const rounds: Rounds = { alone, full }
  const ratio = timesAsFast(rounds, 'full', 'alone')
  const steps = `${rows[0]?.moved ?? 0} steps carried out meanwhile`
  promise(`/me beside a full queue is ${ratio.toFixed(2)} × as fast, ${steps} (at least 0.9)`, ratio >= 0.9)
}

/** Jobs: how many, and how little they take from calls. */
export async function jobs(product: Product, dataDir: string, keys: string[]): Promise<void> {
  await withDatabase(dataDir, async (client, url) => {
    await queue(url)
    await fill(client)
    await beside(client, product, keys)
  })
}
