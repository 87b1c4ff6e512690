import { notFound } from '@/lib/base/errors'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { showExclusion } from '@/lib/resources/exclusions/row'

/** @throws DomainError not_found */
export async function getExclusion({ db, tenant }: ResourceContext, { id }: { id: string }) {
  const row = await db.exclusion.findFirst({ where: { ...tenant, id } })
  if (!row) throw notFound('exclusion')
  return showExclusion(row)
}
