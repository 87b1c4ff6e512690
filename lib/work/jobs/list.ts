import { z } from 'zod'
import type { SortKey } from '@/lib/contracts/page'
import type { Job as JobRow } from '@/lib/kernel/db/generated/client'
import { databaseNow } from '@/lib/kernel/db/transaction'
import { keyset, toPage } from '@/lib/kernel/listing/keyset'
import type { PlatformContext } from '@/lib/people/organizations/platform-context'
import type { JobPage, JobState, ListJobsQuery, ShownJob } from '@/lib/work/jobs/contract'
import { countJobs, inState } from '@/lib/work/jobs/count'
import { handlerOf } from '@/lib/work/register'

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

/**
 * A page of jobs, the newest first.
 * @throws DomainError invalid_cursor
 */
export async function listJobs({ db }: PlatformContext, { state, limit, cursor }: ListJobsQuery): Promise<JobPage> {
  const now = await databaseNow(db)
  const request = { list: ['jobs', state], sort: NEWEST, limit, cursor }
  const page = keyset(request)
  const rows = await db.job.findMany({
    where: { AND: [page.where, state ? inState(now)[state] : {}] },
    orderBy: page.orderBy,
    take: page.take,
  })
  const { data, ...rest } = toPage(request, rows)
  return { ...rest, data: data.map((row) => shown(row, now)), counts: await countJobs(db, now) }
}
