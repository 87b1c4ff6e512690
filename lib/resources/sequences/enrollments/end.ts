import { recordChanged } from '@/lib/kernel/activities/record-changed'
import { Prisma } from '@/lib/kernel/db/generated/client'
import type { TransactionContext } from '@/lib/kernel/rows/kit'

type End =
  | { as: 'removed' }
  /** Ends those that are beyond the last step, and puts them on it. */
  | { as: 'completed'; last_step: number }

const TOLD = { removed: 'contact.unenrolled', completed: 'contact.completed_sequence' } as const

/** Ends the active enrollments of a sequence. The caller holds the sequence's lock, so none is added meanwhile. */
export function endEnrollments(ctx: TransactionContext, sequence_id: string, end: End) {
  const { organization_id, environment } = ctx.tenant
  const [position, beyond] =
    end.as === 'completed'
      ? [Prisma.sql`, current_step = ${end.last_step}`, Prisma.sql`AND current_step > ${end.last_step}`]
      : [Prisma.empty, Prisma.empty]
  return recordChanged(ctx, {
    type: TOLD[end.as],
    subject_kind: 'contact',
    change: Prisma.sql`
      UPDATE enrollments SET status = ${end.as}::enrollment_status, ended_at = clock_timestamp()${position}
      WHERE organization_id = ${organization_id}::uuid AND environment = ${environment}::environment
        AND sequence_id = ${sequence_id}::uuid AND status = 'active' ${beyond}
      RETURNING contact_id, contact_id, jsonb_build_object('sequence_id', sequence_id, 'enrollment_id', id)`,
  })
}
