import type { PrismaClient } from '@/lib/kernel/db/generated/client'
import type { Transaction } from '@/lib/kernel/db/transaction'

const MOST_SEQUENCES = 1_000

/** Enrollments whose steps are carried out by one transaction. */
const BATCH = 100

/** Active sequences of which something is due. */
export async function dueSequences(db: PrismaClient): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT s.id FROM sequences s WHERE s.status = 'active' AND EXISTS (
      SELECT FROM enrollments e
      WHERE e.sequence_id = s.id AND e.status = 'active' AND e.next_step_at <= statement_timestamp()
    ) LIMIT ${MOST_SEQUENCES}`
  return rows.map(({ id }) => id)
}

type HeldSequence = { id: string; name: string; organization_id: string; environment: 'live' | 'test' }

/**
 * Holds an active sequence with its steps as they are until the transaction ends. Nothing here waits for a lock, so that
 * it takes part in no deadlock: what somebody is changing now is for the next round.
 * @returns null where it is not active, gone, or being changed
 */
export async function holdSequence(db: Transaction, id: string): Promise<HeldSequence | null> {
  const rows = await db.$queryRaw<HeldSequence[]>`
    SELECT id, name, organization_id, environment FROM sequences WHERE id = ${id}::uuid AND status = 'active'
    FOR SHARE SKIP LOCKED`
  return rows[0] ?? null
}

export type DueEnrollment = { id: string; contact_id: string; current_step: number; email: string }

/** Holds enrollments of a sequence that are due, and their contacts. */
export function holdDue(db: Transaction, sequence_id: string): Promise<DueEnrollment[]> {
  return db.$queryRaw<DueEnrollment[]>`
    SELECT e.id, e.contact_id, e.current_step, c.email FROM enrollments e JOIN contacts c ON c.id = e.contact_id
    WHERE e.sequence_id = ${sequence_id}::uuid AND e.status = 'active' AND e.next_step_at <= statement_timestamp()
    ORDER BY e.next_step_at LIMIT ${BATCH} FOR NO KEY UPDATE OF e SKIP LOCKED FOR KEY SHARE OF c SKIP LOCKED`
}
