import { DomainError } from '@/lib/base/errors'
import type { OperationInput } from '@/lib/contracts/operation'
import { recordActivities } from '@/lib/kernel/activities/record'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { exclusionsContract } from '@/lib/resources/exclusions/contract'
import { showExclusion } from '@/lib/resources/exclusions/row'

type Body = OperationInput<typeof exclusionsContract.operations.create>['body']

/**
 * Adds a rule to the tenant.
 * @throws DomainError already_exists
 */
export function createExclusion(context: ResourceContext, body: Body) {
  return inTransaction(context, async (ctx) => {
    const { db, tenant } = ctx
    // Skipping leaves the transaction usable, so that the rule in the way can still be named.
    const [row] = await db.exclusion.createManyAndReturn({ data: { ...body, ...tenant }, skipDuplicates: true })
    if (!row) {
      const { kind, value } = body
      const existing = await db.exclusion.findFirst({ where: { ...tenant, kind, value }, select: { id: true } })
      throw new DomainError('already_exists', `The ${kind} ${value} is excluded already.`, {
        existing_id: existing?.id,
      })
    }
    const { id, kind, value } = row
    await recordActivities(ctx, [
      { type: 'exclusion.created', subject: { kind: 'exclusion', id }, data: { kind, value } },
    ])
    return showExclusion(row)
  })
}
