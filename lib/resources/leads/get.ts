import { notFound } from '@/lib/base/errors'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { showLead } from '@/lib/resources/leads/row'

/** @throws DomainError not_found */
export async function getLead({ db, tenant }: ResourceContext, { id }: { id: string }) {
  const row = await db.lead.findFirst({ where: { ...tenant, id } })
  if (!row) throw notFound('lead')
  return showLead(row)
}
