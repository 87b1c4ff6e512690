import { z } from 'zod'
import { id, instant } from '@/lib/contracts/fields'
import { pageOf, pageQuery } from '@/lib/contracts/page'

/** Browser-safe: jobs, as platform admins see them. */

const state = z.enum(['waiting', 'running', 'failed'])

const shownJob = z.object({
  id: id(),
  kind: z.string(),
  state,
  /** Ids and small values. */
  data: z.record(z.string(), z.unknown()),
  attempts: z.int(),
  /** What the last attempt ended with. */
  error: z.string().nullable(),
  created_at: instant(),
  /** Of a waiting one: from when it is taken. */
  run_at: instant(),
  failed_at: instant().nullable(),
  /** It comes round again for ever, so that nobody drops it. */
  recurring: z.boolean(),
})

export const listJobsQuery = z.strictObject({ ...pageQuery, state: state.optional() })

/** A page, with how many there are of each state; of many it is only said that they are. */
export const jobPage = pageOf(shownJob).extend({
  counts: z.object({ waiting: z.int(), running: z.int(), failed: z.int() }),
})

/** Beyond this many of a state nobody counts on. */
export const MOST_JOBS_COUNTED = 10_000

export type JobState = z.output<typeof state>
export type ShownJob = z.output<typeof shownJob>
export type JobPage = z.output<typeof jobPage>
export type ListJobsQuery = z.output<typeof listJobsQuery>
