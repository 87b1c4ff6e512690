import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, expect, test } from 'vitest'
import { runtime } from '@/lib/base/node/runtime'
import { prisma } from '@/lib/kernel/db/client'
import { inTransaction } from '@/lib/kernel/db/transaction'
import { useOwnDatabase } from '@/lib/testing/database'
import { makeOrganization } from '@/lib/testing/fixtures'
import { startMailServer } from '@/lib/testing/mail-server'
import { type Product, spawnProduct, stop } from '@/lib/testing/product'
import { queueEmails } from '@/lib/work/sending/queue-emails'

/** The worker as a process of its own, killed again and again while it works. */

useOwnDatabase()

const KILLS = 20

/** Jobs of one kind that a worker has at the same time. */
const AT_ONCE = 8

let delay = 0
const server = await startMailServer({ delay: () => delay })
afterAll(() => server.stop())

let workers: Product[] = []
afterEach(() => {
  for (const { process } of workers) process.kill('SIGKILL')
  workers = []
})

const startWorkerProcess = async () => {
  const worker = spawnProduct(
    {
      DATABASE_URL: runtime().databaseUrl,
      AUTH_SECRET: runtime().authSecret,
      SMTP_URL: server.url,
      MAIL_FROM: 'keys@example.com',
    },
    '--worker',
  )
  workers.push(worker)
  await worker.printed(/(carries out jobs)/)
  return worker
}

/** Kills workers in the midst of their work, each after a while of its own; the last one ends it. */
async function workThroughKills(isDone: () => Promise<boolean>, kills = KILLS): Promise<void> {
  for (let kill = 0; kill < kills; kill++) {
    const worker: Product = await startWorkerProcess()
    await sleep(randomInt(50, 900))
    worker.process.kill('SIGKILL')
    await worker.exit
    // A minute passes for what it held; that it comes back in time is a test of its own.
    await prisma().$executeRaw`UPDATE jobs SET run_at = run_at - interval '30 s' WHERE held_by IS NOT NULL`
  }
  const last = await startWorkerProcess()
  await expect.poll(isDone, { timeout: 240_000, interval: 500 }).toBe(true)
  expect(await stop(last)).toBe(0)
}

test('a worker that is killed gives what it held to another one within a minute', async () => {
  delay = 100_000
  const { id: organization_id } = await makeOrganization()
  const actor = { kind: 'key', id: null, label: 'lk_live_tests' } as const
  const tenant = { organization_id, environment: 'live' } as const
  const email = { from: { email: 'news@acme.test' }, to: [{ email: 'ada@example.com' }], subject: 'x', text: 'x' }
  await inTransaction({ db: prisma() }, (ctx) => queueEmails({ ...ctx, tenant, actor }, [email]))
  const first = await startWorkerProcess()
  const sending = () => prisma().email.count({ where: { NOT: { sending_at: null } } })
  await expect.poll(sending, { timeout: 30_000 }).toBe(1)
  first.process.kill('SIGKILL')
  const killed = performance.now()
  delay = 0
  const second = await startWorkerProcess()
  await expect.poll(() => prisma().email.count({ where: { status: 'sent' } }), { timeout: 90_000 }).toBe(1)
  expect(performance.now() - killed).toBeLessThan(60_000)
  expect(await stop(second)).toBe(0)
}, 300_000)

test('over twenty kills no email is lost, and only what was under way at a kill may go out twice', async () => {
  delay = 20
  server.mails.length = 0
  const { id: organization_id } = await makeOrganization()
  const actor = { kind: 'key', id: null, label: 'lk_live_tests' } as const
  const tenant = { organization_id, environment: 'live' } as const
  const many = 1_000
  const emails = Array.from({ length: many }, (_, n) => ({
    from: { email: 'news@acme.test' },
    to: [{ email: `a${n}@example.com` }],
    subject: 'x',
    text: 'x',
  }))
  for (let n = 0; n < many; n += 100) {
    await inTransaction({ db: prisma() }, (ctx) => queueEmails({ ...ctx, tenant, actor }, emails.slice(n, n + 100)))
  }
  await workThroughKills(async () => (await prisma().job.count({ where: { kind: 'email.send' } })) === 0)
  expect(await prisma().email.count({ where: { organization_id, status: 'sent' } })).toBe(many)
  const counts = new Map<string, number>()
  for (const { to } of server.mails) counts.set(to, (counts.get(to) ?? 0) + 1)
  expect(counts.size).toBe(many)
  const doubles = server.mails.length - many
  expect(doubles).toBeLessThanOrEqual(KILLS * AT_ONCE)
}, 900_000)

test('over twenty kills each step of a sequence is carried out once', async () => {
  const { id: organization_id } = await makeOrganization()
  const tenant = { organization_id, environment: 'test' } as const
  const { id: sequence_id } = await prisma().sequence.create({ data: { ...tenant, name: 'Long' } })
  const steps = Array.from({ length: 20 }, (_, index) => ({
    ...tenant,
    sequence_id,
    position: index + 1,
    ...(index % 2 === 0
      ? { kind: 'task' as const, title: `Step ${index + 1}` }
      : { kind: 'email' as const, subject: `Step ${index + 1}`, body: 'x' }),
  }))
  await prisma().step.createMany({ data: steps })
  const many = 1_000
  await prisma().$executeRaw`
    INSERT INTO contacts (id, organization_id, environment, email, updated_at)
    SELECT gen_random_uuid(), ${organization_id}::uuid, 'test', 'c' || n || '@example.com', now()
    FROM generate_series(1, ${many}) n`
  await prisma().$executeRaw`
    INSERT INTO enrollments (id, organization_id, environment, sequence_id, contact_id)
    SELECT gen_random_uuid(), organization_id, environment, ${sequence_id}::uuid, id FROM contacts
    WHERE organization_id = ${organization_id}::uuid`
  const isDone = async () => (await prisma().enrollment.count({ where: { sequence_id, status: 'completed' } })) === many
  await workThroughKills(isDone)
  const tasks = await prisma().task.groupBy({ by: ['contact_id', 'title'], where: tenant, _count: true })
  expect(tasks).toHaveLength(many * 10)
  expect(new Set(tasks.map(({ _count }) => _count))).toEqual(new Set([1]))
  const emails = await prisma().email.groupBy({ by: ['subject'], where: tenant, _count: true })
  expect(emails.map(({ _count }) => _count)).toEqual(Array.from({ length: 10 }, () => many))
  const type = 'contact.step_carried_out'
  expect(await prisma().activity.count({ where: { ...tenant, type } })).toBe(many * 20)
  expect(server.mails.filter(({ to }) => to.startsWith('c'))).toEqual([])
}, 900_000)

test('over five kills in the middle of a campaign each contact gets its mail, and only what was under way at a kill may go out twice', async () => {
  delay = 20
  server.mails.length = 0
  const [many, kills] = [2_000, 5]
  const { id: organization_id } = await makeOrganization()
  const tenant = { organization_id, environment: 'live' } as const
  const template = await prisma().template.create({
    data: { ...tenant, name: 'News', subject: 'News', text: 'Unsubscribe: {{ unsubscribe_url }}' },
  })
  const list = await prisma().contactList.create({ data: { ...tenant, name: 'Readers' } })
  await prisma().$executeRaw`
    WITH readers AS (
      INSERT INTO contacts (id, organization_id, environment, email, updated_at)
      SELECT gen_random_uuid(), ${organization_id}::uuid, 'live', 'r' || n || '@example.com', now()
      FROM generate_series(1, ${many}) n RETURNING id
    )
    INSERT INTO contact_list_members (organization_id, environment, list_id, contact_id)
    SELECT ${organization_id}::uuid, 'live', ${list.id}::uuid, id FROM readers`
  const { id: campaign_id } = await prisma().campaign.create({
    data: {
      ...tenant,
      name: 'News',
      template_id: template.id,
      template_version: 1,
      contact_list_id: list.id,
      status: 'sending',
    },
  })
  await prisma().campaignProgress.create({ data: { ...tenant, campaign_id } })
  const isDone = async () => (await prisma().campaign.count({ where: { id: campaign_id, status: 'finished' } })) === 1
  await workThroughKills(isDone, kills)
  const counts = new Map<string, number>()
  for (const { to } of server.mails) counts.set(to, (counts.get(to) ?? 0) + 1)
  expect(counts.size).toBe(many)
  expect(server.mails.length - many).toBeLessThanOrEqual(kills * AT_ONCE)
  expect(await prisma().campaignProgress.findFirst({ where: { campaign_id } })).toMatchObject({
    recipients: many,
    sent: many,
    failed: 0,
    open: false,
  })
  expect(await prisma().email.count({ where: { campaign_id } })).toBe(many)
}, 900_000)
