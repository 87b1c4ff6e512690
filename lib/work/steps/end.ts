import { recordChanged } from '@/lib/kernel/activities/record-changed'
import { Prisma } from '@/lib/kernel/db/generated/client'
import type { TransactionContext } from '@/lib/kernel/rows/implement'
import { OWNERS, type Owner } from '@/lib/work/steps/owners'

type End =
  | { as: 'removed' }
  /** Ends those that are beyond the last step, and puts them on it. */
  | { as: 'completed'; last_step: number }

/**
 * Ends the active enrollments of a sequence or a flow, which the caller holds: nobody enrolls a contact meanwhile. What an
 * event starts waits only for a flow that is being deleted, and begins at the first step.
 */
export async function endEnrollments(ctx: TransactionContext, { kind, id }: Owner, end: End) {
  const { organization_id, environment } = ctx.tenant
  const { table, column, enrollment, completed, left } = OWNERS[kind]
  const owner = Prisma.raw(column)
  if (end.as === 'removed') await ctx.db.$queryRaw`SELECT FROM ${Prisma.raw(table)} WHERE id = ${id}::uuid FOR UPDATE`
  const [position, beyond] =
    end.as === 'completed'
      ? [Prisma.sql`, current_step = ${end.last_step}`, Prisma.sql`AND current_step > ${end.last_step}`]
      : [Prisma.empty, Prisma.empty]
  return recordChanged(ctx, {
    type: end.as === 'completed' ? completed : left,
    subject_kind: 'contact',
    change: Prisma.sql`
      UPDATE enrollments SET status = ${end.as}::enrollment_status, ended_at = clock_timestamp()${position}
      WHERE organization_id = ${organization_id}::uuid AND environment = ${environment}::environment
        AND ${owner} = ${id}::uuid AND status = 'active' ${beyond}
      RETURNING contact_id, contact_id, jsonb_build_object(${column}::text, ${owner}, ${enrollment}::text, id)`,
  })
}
