import { workerPrisma } from '@/lib/kernel/db/client'
import { attempt } from '@/lib/kernel/jobs/attempt'
import type { Handler } from '@/lib/kernel/jobs/handle'
import { removeDone, take } from '@/lib/kernel/jobs/statements'
import { HANDLERS, handlerOf } from '@/lib/work/register'

/** Jobs that one look of these tests takes of a kind. */
const MANY = 1_000

/**
 * Carries out what is due now, each job once, as a worker does, and returns when it has ended. What fails waits for its
 * next attempt.
 */
export async function carryOutJobs(handlers: readonly Handler[] = HANDLERS): Promise<number> {
  const db = workerPrisma()
  const jobs = await take(db, new Map(handlers.map(({ kind }) => [kind.name, MANY])))
  const { signal } = new AbortController()
  const done = (id: string) => removeDone(db, [id])
  await Promise.all(
    jobs.map((job) => {
      const handler = handlers.find(({ kind }) => kind.name === job.kind)
      return handler && attempt(job, { db, handler, signal, isBusy: () => false, done })
    }),
  )
  return jobs.length
}

/** Carries out one round of a kind that comes round again. */
export async function carryOutRound(kind: string): Promise<void> {
  const { signal } = new AbortController()
  await handlerOf(kind)?.work(
    { db: workerPrisma(), id: kind, number: 1, last: false, signal, giveWay: async () => {} },
    {},
  )
}

/** Lets the time pass that waiting jobs wait for. */
export async function letTimePass(): Promise<void> {
  await workerPrisma().job.updateMany({ where: { failed_at: null }, data: { run_at: new Date(0) } })
}
