import { recordActivities } from '@/lib/kernel/activities/record'
import type { TransactionContext } from '@/lib/kernel/rows/kit'

/**
 * Enrolls contacts at the first step. The database's own rule decides who is enrolled already, also between two calls
 * at the same time; who is, is skipped.
 * @returns the new enrollments, and the active ones that stood in the way
 */
export async function insertEnrollments(ctx: TransactionContext, sequence_id: string, contact_ids: string[]) {
  const { db, tenant } = ctx
  const created = await db.enrollment.createManyAndReturn({
    data: contact_ids.map((contact_id) => ({ ...tenant, sequence_id, contact_id })),
    skipDuplicates: true,
    select: { id: true, contact_id: true },
  })
  await recordActivities(
    ctx,
    created.map(({ id, contact_id }) => ({
      type: 'contact.enrolled',
      subject: { kind: 'contact', id: contact_id },
      contact_id,
      data: { sequence_id, enrollment_id: id },
    })),
  )
  const enrolled = new Set(created.map(({ contact_id }) => contact_id))
  const skipped = contact_ids.filter((id) => !enrolled.has(id))
  if (skipped.length === 0) return { created, existing: [] }
  const existing = await db.enrollment.findMany({
    where: { ...tenant, sequence_id, contact_id: { in: skipped }, status: 'active' },
    select: { id: true, contact_id: true },
  })
  return { created, existing }
}
