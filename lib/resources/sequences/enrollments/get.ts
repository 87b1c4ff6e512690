import { notFound } from '@/lib/base/errors'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { showEnrollment } from '@/lib/resources/sequences/enrollments/row'

/** @throws DomainError not_found */
export async function getEnrollment(
  { db, tenant }: ResourceContext,
  { sequence_id, id }: { sequence_id: string; id: string },
) {
  const row = await db.enrollment.findFirst({ where: { ...tenant, sequence_id, id } })
  if (!row) throw notFound('enrollment')
  return showEnrollment(row)
}
