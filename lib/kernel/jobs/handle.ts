import type { z } from 'zod'
import type { PrismaClient } from '@/lib/kernel/db/generated/client'
import type { Transaction } from '@/lib/kernel/db/transaction'
import type { JobKind } from '@/lib/kernel/jobs/define'

/** An attempt to carry out a job. */
type Attempt = {
  /** The worker's own connections: those of calls are left to them. */
  db: PrismaClient
  /** Of this attempt; a later one of the same job has another. */
  id: string
  /** From 1. */
  number: number
  /** Nobody tries again after this one. */
  last: boolean
  /** To be awaited between the pieces of long work: where calls are under way in this process, it leaves them most of the time. */
  giveWay: () => Promise<void>
  /** Aborted when the job may have been given to another worker: begin nothing more. */
  signal: AbortSignal
}

type Work<Data> = (attempt: Attempt, data: Data) => Promise<void>

type Dropped<Data> = (ctx: { db: Transaction }, data: Data) => Promise<void>

/** A kind of work with what carries it out. */
export type Handler = {
  kind: JobKind
  /** @throws whatever ends the attempt: the job is tried again later, up to as often as its kind says */
  work: Work<unknown>
  /** What else becomes of a job that an operator drops, in the transaction that does. */
  dropped: Dropped<unknown>
}

/**
 * Binds a kind of work to what carries it out. A job is carried out at least once: an attempt that was cut off is made
 * again, so that work must bear to be done twice, or see that it is done.
 */
export function handle<Data extends z.ZodType>(
  kind: JobKind<Data>,
  work: Work<z.output<Data>>,
  dropped: Dropped<z.output<Data>> = async () => {},
): Handler {
  return {
    kind,
    work: (attempt, data) => work(attempt, kind.data.parse(data)),
    dropped: (ctx, data) => dropped(ctx, kind.data.parse(data)),
  }
}

/** Thrown by work that knows when to try again: after so many milliseconds, in the place of the usual backoff. */
export class TryAgainAfter extends Error {
  override name = 'TryAgainAfter'
  constructor(
    readonly ms: number,
    message: string,
  ) {
    super(message)
  }
}

/** Thrown by work that would never succeed: the job has failed, whatever attempts are left. */
export class GiveUp extends Error {
  override name = 'GiveUp'
}
