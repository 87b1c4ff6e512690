import { notFound, validationFailed } from '@/lib/base/errors'
import { customFields, mergeCustomFields } from '@/lib/contracts/custom-fields'
import { readStored } from '@/lib/contracts/encode'
import type { OperationInput } from '@/lib/contracts/operation'
import { recordActivities } from '@/lib/kernel/activities/record'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { leadsContract } from '@/lib/resources/leads/contract'
import { showLead } from '@/lib/resources/leads/row'

type Body = OperationInput<typeof leadsContract.operations.update>['body']

/**
 * Applies a merge patch to a lead, locked so that two patches of its custom fields both count.
 * @throws DomainError not_found, validation_failed
 */
export function updateLead(context: ResourceContext, { id, changes }: { id: string; changes: Body }) {
  return inTransaction(context, async (ctx) => {
    const { db, tenant } = ctx
    await db.$queryRaw`
      SELECT id FROM leads WHERE organization_id = ${tenant.organization_id}::uuid AND id = ${id}::uuid FOR UPDATE`
    const lead = await db.lead.findFirst({ where: { ...tenant, id } })
    if (!lead) throw notFound('lead')
    const { custom_fields: patch, ...fields } = changes
    const merged = patch && mergeCustomFields(readStored(customFields, lead.custom_fields), patch)
    if (merged === null) throw validationFailed([{ path: 'custom_fields', message: 'At most 50 fields.' }])
    const row = await db.lead.update({ where: { ...tenant, id }, data: { ...fields, custom_fields: merged } })
    await recordActivities(ctx, [
      { type: 'lead.updated', subject: { kind: 'lead', id }, data: { fields: Object.keys(changes) } },
    ])
    return showLead(row)
  })
}
