import { SECOND_MS } from '@/lib/base/time'
import { Prisma, type PrismaClient } from '@/lib/kernel/db/generated/client'

/**
 * A job is taken by moving `run_at` on: it comes back by itself where nobody moves it further. What ends an attempt
 * names the attempt, so that one which was believed dead ends nothing of its successor.
 */

/** For how long a worker is believed to live after its last sign of life. */
export const LEASE_MS = 30 * SECOND_MS

const leased = Prisma.sql`clock_timestamp() + ${LEASE_MS} * interval '1 ms'`

export type Taken = { id: string; attempt: string; kind: string; data: unknown; attempts: number }

/**
 * Takes what is due: of each kind the longest due ones, at most as many as asked for. What another takes meanwhile is
 * passed over.
 * @param places how many of each kind
 */
export function take(db: PrismaClient, places: ReadonlyMap<string, number>): Promise<Taken[]> {
  const wanted = [...places].map(([kind, most]) => ({ kind, most }))
  // The clock of the statement: with one that goes on while it runs, what is not due yet would be read too. An array, since
  // Postgres cannot know how few are due, and would read a full queue whole to join it.
  return db.$queryRaw<Taken[]>`
    WITH due AS MATERIALIZED (
      SELECT j.id FROM jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) AS w (kind text, most int)
      CROSS JOIN LATERAL (
        SELECT id FROM jobs WHERE kind = w.kind AND failed_at IS NULL AND run_at <= statement_timestamp()
        ORDER BY run_at LIMIT w.most FOR UPDATE SKIP LOCKED
      ) j
    )
    UPDATE jobs SET held_by = gen_random_uuid(), attempts = attempts + 1, run_at = ${leased}
    WHERE jobs.id = ANY (ARRAY(SELECT id FROM due))
    RETURNING jobs.id, held_by AS attempt, kind, data, attempts`
}

/** Gives a sign of life. @returns the attempts whose jobs are still theirs */
export async function extend(db: PrismaClient, attempts: string[]): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ held_by: string }[]>`
    UPDATE jobs SET run_at = ${leased} WHERE held_by = ANY (${attempts}::uuid[]) RETURNING held_by`
  return new Set(rows.map(({ held_by }) => held_by))
}

/** Removes what is done. */
export async function removeDone(db: PrismaClient, attempts: string[]): Promise<void> {
  await db.$executeRaw`DELETE FROM jobs WHERE held_by = ANY (${attempts}::uuid[])`
}

type Round = {
  /** Milliseconds until it may be taken again. */
  after_ms: number
  /** What the attempt ended with; null: it succeeded. */
  error: string | null
  /** Attempts that count from here on. */
  attempts: number
}

/** Puts a job back, for a later attempt or another round. */
export async function putBack(db: PrismaClient, attempt: string, { after_ms, error, attempts }: Round): Promise<void> {
  await db.$executeRaw`
    UPDATE jobs SET held_by = NULL, attempts = ${attempts}::int, error = ${error}::text,
      run_at = clock_timestamp() + ${after_ms}::int * interval '1 ms'
    WHERE held_by = ${attempt}::uuid`
}

/** Gives a job up. */
export async function fail(db: PrismaClient, attempt: string, error: string): Promise<void> {
  await db.$executeRaw`
    UPDATE jobs SET held_by = NULL, failed_at = clock_timestamp(), error = ${error}::text WHERE held_by = ${attempt}::uuid`
}
