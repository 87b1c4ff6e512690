import { notFound } from '@/lib/base/errors'
import type { OperationInput } from '@/lib/contracts/operation'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { keyset, toPage } from '@/lib/kernel/listing/keyset'
import type { enrollmentOperations } from '@/lib/resources/sequences/enrollments/contract'
import { showEnrollment } from '@/lib/resources/sequences/enrollments/row'

type Query = OperationInput<typeof enrollmentOperations.listEnrollments>['query']

/**
 * A page of a sequence's enrollments.
 * @throws DomainError not_found, invalid_cursor
 */
export async function listEnrollments(
  { db, tenant }: ResourceContext,
  { sequence_id, query }: { sequence_id: string; query: Query },
) {
  const { status, contact_id, sort, limit, cursor } = query
  const sequence = await db.sequence.findFirst({ where: { ...tenant, id: sequence_id }, select: { id: true } })
  if (!sequence) throw notFound('sequence')
  const request = { list: ['enrollments', tenant, sequence.id, status, contact_id], sort, limit, cursor }
  const page = keyset(request)
  const rows = await db.enrollment.findMany({
    where: { ...tenant, sequence_id, status, contact_id, ...page.where },
    orderBy: page.orderBy,
    take: page.take,
  })
  const { data, ...rest } = toPage(request, rows)
  return { ...rest, data: data.map(showEnrollment) }
}
