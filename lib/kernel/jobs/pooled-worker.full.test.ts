import { expect, test } from 'vitest'
import { z } from 'zod'
import { prisma } from '@/lib/kernel/db/client'
import { defineJob } from '@/lib/kernel/jobs/define'
import { enqueue } from '@/lib/kernel/jobs/enqueue'
import { handle } from '@/lib/kernel/jobs/handle'
import { startWorker } from '@/lib/kernel/jobs/worker'
import { settleSession } from '@/lib/server/start/settle-session'
import { useOwnDatabase } from '@/lib/testing/database'
import { startPgBouncer } from '@/lib/testing/postgres/pgbouncer'

useOwnDatabase({
  hostile: true,
  async through(url) {
    const bouncer = await startPgBouncer(url)
    await settleSession(bouncer.url)
    return bouncer
  },
})

const count = defineJob({ name: 'tests.count', data: z.strictObject({ n: z.int() }) })

test('behind PgBouncer in transaction mode workers share the jobs, and do each once', async () => {
  await enqueue({ db: prisma() }, ...Array.from({ length: 300 }, (_, n) => count.job({ n })))
  const done: number[] = []
  const workers = [1, 2].map(() => startWorker([handle(count, async (_, { n }) => void done.push(n))]))
  await expect.poll(() => prisma().job.count(), { timeout: 60_000 }).toBe(0)
  await Promise.all(workers.map((worker) => worker.stop()))
  expect(done.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 300 }, (_, n) => n))
})
