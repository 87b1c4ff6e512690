import type { OperationInput } from '@/lib/contracts/operation'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { keyset, toPage } from '@/lib/kernel/listing/keyset'
import type { sequencesContract } from '@/lib/resources/sequences/contract'
import { showSummary } from '@/lib/resources/sequences/row'

type Query = OperationInput<typeof sequencesContract.operations.list>['query']

/**
 * A page of the tenant's sequences.
 * @throws DomainError invalid_cursor
 */
export async function listSequences({ db, tenant }: ResourceContext, query: Query) {
  const { status, sort, limit, cursor } = query
  const request = { list: ['sequences', tenant, status], sort, limit, cursor }
  const page = keyset(request)
  const rows = await db.sequence.findMany({
    where: { ...tenant, status, ...page.where },
    orderBy: page.orderBy,
    take: page.take,
  })
  const { data, ...rest } = toPage(request, rows)
  const counts = await db.step.groupBy({
    by: ['sequence_id'],
    where: { ...tenant, sequence_id: { in: data.map(({ id }) => id) } },
    _count: true,
  })
  const countOf = new Map(counts.map(({ sequence_id, _count }) => [sequence_id, _count]))
  return { ...rest, data: data.map((row) => showSummary(row, countOf.get(row.id) ?? 0)) }
}
