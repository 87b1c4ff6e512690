import { z } from 'zod'
import type { SortKey } from '@/lib/contracts/page'
import type { Job as JobRow, Prisma } from '@/lib/kernel/db/generated/client'
import { type Database, databaseNow } from '@/lib/kernel/db/transaction'
import { keyset, toPage } from '@/lib/kernel/listing/keyset'
import type { PlatformContext } from '@/lib/people/organizations/platform-context'
import {
  type JobPage,
  type JobState,
  type ListJobsQuery,
  MOST_JOBS_COUNTED,
  type ShownJob,
} from '@/lib/work/jobs/contract'
import { handlerOf } from '@/lib/work/register'

/** A worker that was killed has left its mark, but gives no sign of life any more: what it had waits. */
const inState = (now: Date): Record<JobState, Prisma.JobWhereInput> => ({
  waiting: { failed_at: null, OR: [{ held_by: null }, { run_at: { lte: now } }] },
  running: { failed_at: null, held_by: { not: null }, run_at: { gt: now } },
  failed: { failed_at: { not: null } },
})

/** Ids are UUIDv7: in the order in which they were made. */
const NEWEST: SortKey<never>[] = []

const facts = z.record(z.string(), z.unknown()).catch({})

export function jobStateOf({ failed_at, held_by, run_at }: JobRow, now: Date): JobState {
  if (failed_at) return 'failed'
  return held_by !== null && run_at > now ? 'running' : 'waiting'
}

function shown({ data, held_by, key, ...row }: JobRow, now: Date): ShownJob {
  const state = jobStateOf({ data, held_by, key, ...row }, now)
  return { ...row, state, data: facts.parse(data), recurring: handlerOf(row.kind)?.kind.every != null }
}

async function count(db: Database, where: Prisma.JobWhereInput): Promise<number> {
  const rows = await db.job.findMany({ where, select: { id: true }, take: MOST_JOBS_COUNTED })
  return rows.length
}

/**
 * A page of jobs, the newest first.
 * @throws DomainError invalid_cursor
 */
export async function listJobs({ db }: PlatformContext, { state, limit, cursor }: ListJobsQuery): Promise<JobPage> {
  const now = await databaseNow(db)
  const states = inState(now)
  const request = { list: ['jobs', state], sort: NEWEST, limit, cursor }
  const page = keyset(request)
  const rows = await db.job.findMany({
    where: { AND: [page.where, state ? states[state] : {}] },
    orderBy: page.orderBy,
    take: page.take,
  })
  const { data, ...rest } = toPage(request, rows)
  const counts = {
    waiting: await count(db, states.waiting),
    running: await count(db, states.running),
    failed: await count(db, states.failed),
  }
  return { ...rest, data: data.map((row) => shown(row, now)), counts }
}
