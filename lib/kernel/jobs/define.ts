import type { z } from 'zod'

/** One piece of work, to be given to `enqueue`. */
export type Job = {
  kind: string
  data: unknown
  /** There is one job of a key at a time: while it waits or runs, another of the key is not added. */
  key: string | null
  /** Milliseconds from now, by the database's clock, before which nobody takes it. */
  after_ms: number
}

type Said = Partial<Pick<Job, 'key' | 'after_ms'>>

/** A kind of work: what its jobs are called and carry, without what does it. */
export type JobKind<Data extends z.ZodType = z.ZodType> = {
  /** `email.send`: kept in the rows of its jobs, so never changed. */
  name: `${string}.${string}`
  data: Data
  /** After so many attempts a job has failed. */
  attempts: number
  /** Jobs of the kind that one process carries out at the same time. No kind takes another's places. */
  at_once: number
  /** Milliseconds from the end of a job of the kind to its next round; null: it is done once. */
  every: number | null
  /** A job of the kind. @throws ZodError for other data */
  job(data: z.input<Data>, said?: Said): Job
}

type Kind<Data extends z.ZodType> = Pick<JobKind<Data>, 'name' | 'data'> & Partial<JobKind<Data>>

/**
 * Defines a kind of work. Its data are ids and small values: the platform's page shows them, so no secret is among them;
 * one job carries up to a hundred recipients or deliveries.
 */
export function defineJob<Data extends z.ZodType>(kind: Kind<Data>): JobKind<Data> {
  return {
    attempts: 12,
    at_once: 16,
    every: null,
    job: (data, { key = null, after_ms = 0 } = {}) => ({ kind: kind.name, data: kind.data.parse(data), key, after_ms }),
    ...kind,
  }
}
