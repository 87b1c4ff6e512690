import { Prisma, type PrismaClient } from '@/lib/kernel/db/generated/client'
import type { Transaction } from '@/lib/kernel/db/transaction'
import { OWNER_KINDS, OWNERS, type Owner, type OwnerKind } from '@/lib/work/steps/owners'

const MOST_OWNERS = 1_000

/** Enrollments whose steps are carried out by one transaction. */
const BATCH = 100

/** The names of a kind, which are ours, as SQL. */
const sqlOf = (kind: OwnerKind) => {
  const { table, column, open } = OWNERS[kind]
  return { table: Prisma.raw(table), column: Prisma.raw(column), open: Prisma.raw(`'${open}'`) }
}

/** Those that are open and of which something is due. */
export async function dueOwners(db: PrismaClient): Promise<Owner[]> {
  const due: Owner[] = []
  for (const kind of OWNER_KINDS) {
    const { table, column, open } = sqlOf(kind)
    const rows = await db.$queryRaw<{ id: string }[]>`
      SELECT s.id FROM ${table} s WHERE s.status = ${open} AND EXISTS (
        SELECT FROM enrollments e
        WHERE e.${column} = s.id AND e.status = 'active' AND e.next_step_at <= statement_timestamp()
      ) LIMIT ${MOST_OWNERS}`
    due.push(...rows.map(({ id }) => ({ kind, id })))
  }
  return due
}

type HeldOwner = { id: string; name: string; organization_id: string; environment: 'live' | 'test' }

/**
 * Holds one that is open, with its steps as they are, until the transaction ends. Nothing here waits for a lock, so that
 * it takes part in no deadlock: what somebody is changing now is for the next round.
 * @returns null where it is not open, gone, or being changed
 */
export async function holdOwner(db: Transaction, { kind, id }: Owner): Promise<HeldOwner | null> {
  const { table, open } = sqlOf(kind)
  const rows = await db.$queryRaw<HeldOwner[]>`
    SELECT id, name, organization_id, environment FROM ${table} WHERE id = ${id}::uuid AND status = ${open}
    FOR SHARE SKIP LOCKED`
  return rows[0] ?? null
}

export type DueEnrollment = { id: string; contact_id: string; current_step: number; email: string }

/** Holds enrollments that are due, and their contacts. */
export function holdDue(db: Transaction, { kind, id }: Owner): Promise<DueEnrollment[]> {
  const { column } = sqlOf(kind)
  return db.$queryRaw<DueEnrollment[]>`
    SELECT e.id, e.contact_id, e.current_step, c.email FROM enrollments e JOIN contacts c ON c.id = e.contact_id
    WHERE e.${column} = ${id}::uuid AND e.status = 'active' AND e.next_step_at <= statement_timestamp()
    ORDER BY e.next_step_at LIMIT ${BATCH} FOR NO KEY UPDATE OF e SKIP LOCKED FOR KEY SHARE OF c SKIP LOCKED`
}
