import { log } from '@/lib/base/node/log'
import type { PrismaClient } from '@/lib/kernel/db/generated/client'
import { backoff } from '@/lib/kernel/jobs/backoff'
import { givingWay } from '@/lib/kernel/jobs/give-way'
import { GiveUp, type Handler, TryAgainAfter } from '@/lib/kernel/jobs/handle'
import { fail, putBack, type Taken } from '@/lib/kernel/jobs/statements'

/** Of an error that an operator reads on a page. */
const LONGEST_ERROR = 500

const told = (error: unknown) => (error instanceof Error ? error.message : String(error)).slice(0, LONGEST_ERROR)

type Options = {
  db: PrismaClient
  handler: Handler
  signal: AbortSignal
  isBusy: () => boolean
  /** Notes that the job is done. */
  done: (attempt: string) => Promise<void>
}

/** Carries out a job that was taken, and notes what came of it. @throws Error when that cannot be noted */
export async function attempt(job: Taken, { db, handler, signal, isBusy, done }: Options): Promise<void> {
  const { kind, work } = handler
  // Work that ends its process is not to end every other.
  if (kind.every === null && job.attempts > kind.attempts) return fail(db, job.attempt, 'Its worker ended each time.')
  const { attempt: id, attempts: number } = job
  const last = number >= kind.attempts
  const error = await failureOf(() => work({ db, id, number, last, signal, giveWay: givingWay(isBusy) }, job.data))
  if (error !== null) return failed(job, handler, db, error)
  if (kind.every === null) return done(job.attempt)
  await putBack(db, job.attempt, { after_ms: kind.every, error: null, attempts: 0 })
}

async function failureOf(work: () => Promise<void>): Promise<unknown> {
  try {
    await work()
    return null
  } catch (error) {
    return error ?? new Error('It failed without a reason.')
  }
}

async function failed(job: Taken, { kind }: Handler, db: PrismaClient, error: unknown) {
  const fields = { kind: kind.name, job: job.id, attempt: job.attempts, err: error }
  if (error instanceof TryAgainAfter && job.attempts < kind.attempts) {
    return putBack(db, job.attempt, { after_ms: error.ms, error: told(error), attempts: job.attempts })
  }
  log.error(fields, 'A job failed.')
  // What comes round again goes on, however often it has failed.
  if (kind.every !== null) {
    const after_ms = Math.min(backoff(job.attempts), kind.every)
    return putBack(db, job.attempt, { after_ms, error: told(error), attempts: job.attempts })
  }
  if (error instanceof GiveUp || job.attempts >= kind.attempts) return fail(db, job.attempt, told(error))
  await putBack(db, job.attempt, { after_ms: backoff(job.attempts), error: told(error), attempts: job.attempts })
}
