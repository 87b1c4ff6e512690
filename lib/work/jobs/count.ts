import { gauge } from '@/lib/base/node/metrics'
import { prisma } from '@/lib/kernel/db/client'
import type { Prisma } from '@/lib/kernel/db/generated/client'
import { type Database, databaseNow } from '@/lib/kernel/db/transaction'
import { type JobPage, type JobState, MOST_JOBS_COUNTED } from '@/lib/work/jobs/contract'

/** A worker that was killed has left its mark, but gives no sign of life any more: what it had waits. */
export const inState = (now: Date): Record<JobState, Prisma.JobWhereInput> => ({
  waiting: { failed_at: null, OR: [{ held_by: null }, { run_at: { lte: now } }] },
  running: { failed_at: null, held_by: { not: null }, run_at: { gt: now } },
  failed: { failed_at: { not: null } },
})

async function count(db: Database, where: Prisma.JobWhereInput): Promise<number> {
  const rows = await db.job.findMany({ where, select: { id: true }, take: MOST_JOBS_COUNTED })
  return rows.length
}

/** How many jobs there are of each state, up to `MOST_JOBS_COUNTED`. */
export async function countJobs(db: Database, now: Date): Promise<JobPage['counts']> {
  const states = inState(now)
  return {
    waiting: await count(db, states.waiting),
    running: await count(db, states.running),
    failed: await count(db, states.failed),
  }
}

gauge(
  {
    name: 'latchkey_jobs',
    help: `Jobs by their state, of all processes; counted up to ${MOST_JOBS_COUNTED}.`,
    labels: ['state'],
  },
  async () => {
    const counts = await countJobs(prisma(), await databaseNow(prisma()))
    return Object.entries(counts).map(([state, value]) => ({ labels: { state }, value }))
  },
)

// Of each kind the first of an index, however many wait.
gauge(
  {
    name: 'latchkey_jobs_late_seconds',
    help: 'How long the job of a kind that waits longest has been due.',
    labels: ['kind'],
  },
  async () => {
    const rows = await prisma().$queryRaw<{ kind: string; late: number }[]>`
      WITH RECURSIVE kinds AS (
        (SELECT kind FROM jobs WHERE failed_at IS NULL ORDER BY kind LIMIT 1)
        UNION ALL
        SELECT (SELECT j.kind FROM jobs j WHERE j.failed_at IS NULL AND j.kind > kinds.kind ORDER BY j.kind LIMIT 1)
        FROM kinds WHERE kinds.kind IS NOT NULL
      )
      SELECT kind, greatest(0, extract(epoch FROM clock_timestamp() - (
        SELECT min(run_at) FROM jobs j WHERE j.kind = kinds.kind AND j.failed_at IS NULL
      )))::float8 AS late
      FROM kinds WHERE kind IS NOT NULL`
    return rows.map(({ kind, late }) => ({ labels: { kind }, value: late }))
  },
)
