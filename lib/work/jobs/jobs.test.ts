import { beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { NO_ORIGIN } from '@/lib/kernel/actors/context'
import { prisma, workerPrisma } from '@/lib/kernel/db/client'
import { inTransaction } from '@/lib/kernel/db/transaction'
import { defineJob } from '@/lib/kernel/jobs/define'
import { enqueue } from '@/lib/kernel/jobs/enqueue'
import { take } from '@/lib/kernel/jobs/statements'
import { platformAdminContext } from '@/lib/people/platform/admin-context'
import { useOwnDatabase } from '@/lib/testing/database'
import { auditOf, makeMember, makeOrganization, unusedId } from '@/lib/testing/fixtures'
import { listJobsQuery } from '@/lib/work/jobs/contract'
import { dropJob } from '@/lib/work/jobs/drop'
import { listJobs } from '@/lib/work/jobs/list'
import { retryJob } from '@/lib/work/jobs/retry'
import { queueEmails } from '@/lib/work/sending/queue-emails'

useOwnDatabase()
beforeEach(async () => void (await prisma().job.deleteMany()))

const thing = defineJob({ name: 'tests.thing', data: z.strictObject({ n: z.int() }) })

const admin = async () => {
  const { user } = await makeMember(await makeOrganization())
  return platformAdminContext(prisma(), { ...user, platform_admin: true }, NO_ORIGIN)
}
const list = async (query: object = {}) => listJobs(await admin(), listJobsQuery.parse(query))
const takeOne = () => take(workerPrisma(), new Map([[thing.name, 1]]))
const only = async () => prisma().job.findFirstOrThrow()

/** One waits, one runs, one has failed, and one was held by a worker that was killed. */
async function oneOfEach() {
  await enqueue({ db: prisma() }, thing.job({ n: 1 }))
  await takeOne()
  await prisma().job.updateMany({ data: { run_at: new Date(0) } })
  await enqueue({ db: prisma() }, thing.job({ n: 2 }))
  await prisma().job.updateMany({ where: { held_by: null }, data: { run_at: new Date(-1_000) } })
  await takeOne()
  await enqueue({ db: prisma() }, thing.job({ n: 3 }, { after_ms: 60_000 }))
  await prisma().job.create({
    data: { kind: thing.name, data: { n: 4 }, attempts: 12, failed_at: new Date(), error: 'no' },
  })
}

describe('the list of jobs', () => {
  test('tells what waits, runs and has failed; what a killed worker held waits', async () => {
    await oneOfEach()
    const numbers = async (state?: string) =>
      (await list(state ? { state } : {})).data.map(({ data }) => data.n).toSorted()
    expect(await numbers()).toEqual([1, 2, 3, 4])
    expect(await numbers('waiting')).toEqual([1, 3])
    expect(await numbers('running')).toEqual([2])
    expect(await numbers('failed')).toEqual([4])
    const page = await list()
    expect(page.counts).toEqual({ waiting: 2, running: 1, failed: 1 })
    expect(page.data.find(({ data }) => data.n === 4)).toMatchObject({ state: 'failed', error: 'no', attempts: 12 })
  })

  test('is paged', async () => {
    await enqueue({ db: prisma() }, ...Array.from({ length: 5 }, (_, n) => thing.job({ n })))
    const first = await list({ limit: '3' })
    const second = await list({ limit: '3', cursor: first.next_cursor })
    expect([first.data.length, second.data.length, second.has_more]).toEqual([3, 2, false])
    expect(new Set([...first.data, ...second.data].map(({ id }) => id)).size).toBe(5)
  })

  test('says which come round again', async () => {
    await prisma().job.create({ data: { kind: 'sequences.carry_out', key: 'x', data: {} } })
    expect((await list()).data).toMatchObject([{ recurring: true }])
  })
})

describe('a job that is tried again', () => {
  test('is due at once with all of its attempts, and the audit tells who did it', async () => {
    const ctx = await admin()
    const { id } = await prisma().job.create({
      data: { kind: thing.name, data: { n: 1 }, attempts: 12, failed_at: new Date(), error: 'no' },
    })
    await retryJob(ctx, { id })
    expect(await takeOne()).toMatchObject([{ id, attempts: 1 }])
    expect(await auditOf(id)).toMatchObject([
      {
        action: 'job.retried',
        actor_kind: 'platform_admin',
        target_label: thing.name,
        before: { attempts: 12, error: 'no' },
      },
    ])
  })
})

describe('a job that is dropped', () => {
  test('is gone, and the audit tells who did it', async () => {
    await enqueue({ db: prisma() }, thing.job({ n: 1 }))
    const { id } = await only()
    await dropJob(await admin(), { id })
    expect(await prisma().job.count()).toBe(0)
    expect(await auditOf(id)).toMatchObject([{ action: 'job.dropped', actor_kind: 'platform_admin' }])
  })

  test('takes its email along, which has failed then', async () => {
    const { id: organization_id } = await makeOrganization()
    const tenant = { organization_id, environment: 'live' } as const
    const actor = { kind: 'key', id: null, label: 'lk_live_tests' } as const
    const email = { from: { email: 'news@acme.test' }, to: [{ email: 'ada@example.com' }], subject: 'x', text: 'x' }
    await inTransaction({ db: prisma() }, (ctx) => queueEmails({ ...ctx, tenant, actor }, [email]))
    await dropJob(await admin(), { id: (await only()).id })
    expect(await prisma().email.findMany({ where: tenant })).toMatchObject([
      { status: 'failed', answer: 'Whoever runs the server dropped it before it was sent.' },
    ])
  })

  test('is none that comes round again', async () => {
    const { id } = await prisma().job.create({ data: { kind: 'sequences.carry_out', key: 'x', data: {} } })
    await expect(dropJob(await admin(), { id })).rejects.toMatchObject({ code: 'wrong_state' })
  })
})

test.each([
  ['tried again', retryJob],
  ['dropped', dropJob],
])('a job that is running, or is not there, is not %s', async (_, verb) => {
  const ctx = await admin()
  await enqueue({ db: prisma() }, thing.job({ n: 1 }))
  await takeOne()
  await expect(verb(ctx, { id: (await only()).id })).rejects.toMatchObject({ code: 'wrong_state' })
  await expect(verb(ctx, { id: unusedId() })).rejects.toMatchObject({ code: 'not_found' })
})
