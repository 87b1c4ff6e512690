import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { prisma, workerPrisma } from '@/lib/kernel/db/client'
import { inTransaction } from '@/lib/kernel/db/transaction'
import { defineJob } from '@/lib/kernel/jobs/define'
import { enqueue } from '@/lib/kernel/jobs/enqueue'
import { GiveUp, type Handler, handle, TryAgainAfter } from '@/lib/kernel/jobs/handle'
import { fail, removeDone, take } from '@/lib/kernel/jobs/statements'
import { startWorker, type Worker } from '@/lib/kernel/jobs/worker'
import { useOwnDatabase } from '@/lib/testing/database'

useOwnDatabase()

const count = defineJob({ name: 'tests.count', data: z.strictObject({ n: z.int() }), attempts: 3 })

let workers: Worker[] = []
const run = (...handlers: Handler[]) => {
  const worker = startWorker(handlers)
  workers.push(worker)
  return worker
}

beforeEach(async () => void (await prisma().job.deleteMany()))
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()))
  workers = []
})

/** A worker looks twice a second, and a busy machine takes its time. */
const soon = <Value>(value: () => Value) => expect.poll(value, { timeout: 15_000 })

const rows = () => prisma().job.findMany({ orderBy: [{ kind: 'asc' }, { data: 'asc' }] })
const untilDone = () => soon(() => prisma().job.count()).toBe(0)
const jobs = (many: number) => Array.from({ length: many }, (_, n) => count.job({ n }))
const oneOf = (kind: string, most: number) => take(workerPrisma(), new Map([[kind, most]]))
const pass = (ms: number) => prisma().$executeRaw`UPDATE jobs SET run_at = run_at - ${ms} * interval '1 ms'`

describe('asking for work', () => {
  test('commits with the transaction of the caller, or not at all', async () => {
    await inTransaction({ db: prisma() }, (ctx) => enqueue(ctx, count.job({ n: 1 })))
    const broken = inTransaction({ db: prisma() }, async (ctx) => {
      await enqueue(ctx, ...jobs(10))
      throw new Error('no')
    })
    await expect(broken).rejects.toThrow('no')
    expect((await rows()).map(({ data }) => data)).toEqual([{ n: 1 }])
  })

  test('adds no second job of a key while there is one, and refuses data of another form', async () => {
    await enqueue({ db: prisma() }, count.job({ n: 1 }, { key: 'one' }), count.job({ n: 2 }, { key: 'other' }))
    await enqueue({ db: prisma() }, count.job({ n: 3 }, { key: 'one' }))
    expect((await rows()).map(({ data }) => data)).toEqual([{ n: 1 }, { n: 2 }])
    expect(() => count.job({ n: 0.5 })).toThrow(z.ZodError)
  })

  test('for now is due at once, though the column would round half of the instants up', async () => {
    for (let n = 0; n < 100; n++) {
      await enqueue({ db: prisma() }, count.job({ n }))
      expect(await prisma().$queryRaw`SELECT run_at FROM jobs WHERE run_at > statement_timestamp()`).toEqual([])
    }
  })

  test('for later is not taken before', async () => {
    await enqueue({ db: prisma() }, count.job({ n: 1 }, { after_ms: 60_000 }))
    expect(await oneOf(count.name, 1)).toEqual([])
    await pass(60_000)
    expect(await oneOf(count.name, 1)).toHaveLength(1)
  })
})

describe('workers', () => {
  test('share the jobs of a database, and do each once', async () => {
    const done: number[] = []
    const counting = handle(count, async (_, { n }) => void done.push(n))
    await enqueue({ db: prisma() }, ...jobs(400))
    run(counting)
    run(counting)
    run(counting)
    await untilDone()
    expect(done.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 400 }, (_, n) => n))
  })

  test('take what a killed one held once its time is over, and not before', async () => {
    const done: number[] = []
    await enqueue({ db: prisma() }, count.job({ n: 7 }))
    // It takes the job, and gives no sign of life.
    expect(await oneOf(count.name, 1)).toHaveLength(1)
    expect(await oneOf(count.name, 1)).toEqual([])
    await pass(30_000)
    run(handle(count, async (_, { n }) => void done.push(n)))
    await untilDone()
    expect(done).toEqual([7])
  })

  test('that were believed dead end nothing of the attempt after theirs', async () => {
    await enqueue({ db: prisma() }, count.job({ n: 1 }))
    const [late] = await oneOf(count.name, 1)
    await pass(30_000)
    const [second] = await oneOf(count.name, 1)
    await removeDone(workerPrisma(), [late?.attempt ?? ''])
    await fail(workerPrisma(), late?.attempt ?? '', 'late')
    expect(await rows()).toMatchObject([{ held_by: second?.attempt, failed_at: null, attempts: 2 }])
  })

  test('leave kinds that they do not know to others', async () => {
    await enqueue({ db: prisma() }, { kind: 'tests.newer', data: {}, key: null, after_ms: 0 }, count.job({ n: 1 }))
    run(handle(count, async () => {}))
    await soon(rows).toMatchObject([{ kind: 'tests.newer', attempts: 0 }])
  })

  test('keep no kind waiting for another', async () => {
    const slow = defineJob({ name: 'tests.slow', data: z.strictObject({}), at_once: 2 })
    let under_way = 0
    let most = 0
    let let_go = () => {}
    const gate = new Promise<void>((resolve) => {
      let_go = resolve
    })
    const slowly = handle(slow, async () => {
      most = Math.max(most, ++under_way)
      await gate
      under_way -= 1
    })
    const done: number[] = []
    await enqueue({ db: prisma() }, ...Array.from({ length: 10 }, () => slow.job({})), ...jobs(20))
    run(
      slowly,
      handle(count, async (_, { n }) => void done.push(n)),
    )
    await soon(() => done.length).toBe(20)
    expect(most).toBe(2)
    let_go()
    await untilDone()
    expect(most).toBe(2)
  })

  test('finish what runs when they are stopped, and take nothing more', async () => {
    let began = () => {}
    const running = new Promise<void>((resolve) => {
      began = resolve
    })
    let let_go = () => {}
    const gate = new Promise<void>((resolve) => {
      let_go = resolve
    })
    const one = defineJob({ name: 'tests.one', data: z.strictObject({}), at_once: 1 })
    await enqueue({ db: prisma() }, one.job({}), one.job({}))
    const worker = run(
      handle(one, async () => {
        began()
        await gate
      }),
    )
    await running
    const stopped = worker.stop()
    let_go()
    await stopped
    expect(await rows()).toMatchObject([{ attempts: 0, held_by: null }])
  })
})

describe('what fails', () => {
  test('is tried again after a while, up to as often as its kind says, and then is seen as failed', async () => {
    await enqueue({ db: prisma() }, count.job({ n: 1 }))
    const failing = handle(count, async ({ number, last }) => {
      throw new Error(`attempt ${number}${last ? ', the last' : ''}`)
    })
    run(failing)
    await soon(rows).toMatchObject([{ attempts: 1, error: 'attempt 1', failed_at: null, held_by: null }])
    const [waiting] = await rows()
    const wait = (waiting?.run_at.getTime() ?? 0) - Date.now()
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThanOrEqual(2_000)
    for (const error of ['attempt 2', 'attempt 3, the last']) {
      await pass(60_000)
      await soon(rows).toMatchObject([{ error }])
    }
    expect(await rows()).toMatchObject([{ attempts: 3, held_by: null, failed_at: expect.any(Date) }])
    await pass(60_000)
    expect(await oneOf(count.name, 1)).toEqual([])
  })

  test('for good is not tried again, and what knows its time is tried then', async () => {
    await enqueue({ db: prisma() }, count.job({ n: 1 }), count.job({ n: 2 }))
    run(
      handle(count, async (_, { n }) => {
        throw n === 1 ? new GiveUp('never') : new TryAgainAfter(3_600_000, 'in an hour')
      }),
    )
    await soon(rows).toMatchObject([{ failed_at: expect.any(Date), error: 'never' }, { error: 'in an hour' }])
    const [, later] = await rows()
    expect((later?.run_at.getTime() ?? 0) - Date.now()).toBeGreaterThan(3_500_000)
  })

  test('by ending its process each time ends no more of them', async () => {
    await enqueue({ db: prisma() }, count.job({ n: 1 }))
    for (let n = 0; n < 3; n++) {
      expect(await oneOf(count.name, 1)).toHaveLength(1)
      await pass(30_000)
    }
    let worked = false
    run(
      handle(count, async () => {
        worked = true
      }),
    )
    await soon(rows).toMatchObject([{ failed_at: expect.any(Date), error: 'Its worker ended each time.' }])
    expect(worked).toBe(false)
  })
})

describe('what comes round again', () => {
  const round = defineJob({ name: 'tests.round', data: z.strictObject({}), every: 600_000, at_once: 1 })

  test('is there once for all processes, and waits its time after each end, also after a failure', async () => {
    const ends: string[] = []
    const going = handle(round, async () => {
      ends.push('done')
      if (ends.length === 2) throw new Error('once')
    })
    run(going)
    run(going)
    await soon(rows).toMatchObject([{ key: 'tests.round', attempts: 0, held_by: null, error: null }])
    await soon(() => ends.length).toBe(1)
    // What came of it is noted a moment after it has ended.
    await soon(async () => (await rows())[0]?.held_by).toBeNull()
    const [waiting] = await rows()
    expect((waiting?.run_at.getTime() ?? 0) - Date.now()).toBeGreaterThan(590_000)
    await pass(600_000)
    await soon(rows).toMatchObject([{ error: 'once', failed_at: null }])
    await pass(600_000)
    await soon(rows).toMatchObject([{ error: null, attempts: 0 }])
    expect(ends).toHaveLength(3)
  })
})
