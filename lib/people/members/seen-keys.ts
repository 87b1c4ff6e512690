import type { Context } from '@/lib/kernel/actors/context'
import { Prisma } from '@/lib/kernel/db/generated/client'
import { openCursor, sealCursor } from '@/lib/kernel/listing/cursor'
import type { MemberChange } from '@/lib/people/members/keys-beyond'

/**
 * What somebody has seen of a person's keys is a snapshot of Postgres: whatever was committed by then. It tells to the key
 * what came later, also what a transaction that was under way has made since, which no clock would.
 */

/** A snapshot is good for the very change that it was told for. */
const nameOf = ({ organization }: Context, { before, after }: MemberChange) =>
  JSON.stringify(['seen keys', organization.id, before.id, after && [after.role, after.developer]])

/** @param snapshot as `pg_current_snapshot()` writes it */
export const sealSeen = (ctx: Context, change: MemberChange, snapshot: string): string =>
  sealCursor(nameOf(ctx, change), [snapshot])

const NEXT_TRANSACTION = Prisma.raw('(SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint)')

/**
 * In SQL: whether the key `k` stood as it does now when `seen` was told. Not for a statement that locks `k`: it may meet a row
 * that is newer than its own snapshot.
 * @throws DomainError invalid_cursor for what was not told, or for another change
 */
export function stoodWhenSeen(ctx: Context, change: MemberChange, seen: string): Prisma.Sql {
  const [snapshot] = openCursor(nameOf(ctx, change), seen)
  // A row keeps 32 of the 64 bits of the transaction that wrote it: of those that end so, it was the last before this one.
  const writer = Prisma.sql`(${NEXT_TRANSACTION} - ((${NEXT_TRANSACTION} - k.xmin::text::bigint) & 4294967295))::text::xid8`
  return Prisma.sql`pg_visible_in_snapshot(${writer}, ${snapshot}::pg_snapshot)`
}
