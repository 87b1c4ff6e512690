import type { Context } from '@/lib/kernel/actors/context'
import { requireManagePolicy } from '@/lib/kernel/actors/permissions'
import { requireStanding } from '@/lib/kernel/actors/require-standing'
import { recordAudit } from '@/lib/kernel/audit/record'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { Policy } from '@/lib/keys/policy/contract'
import { readPolicy } from '@/lib/keys/policy/rows'

/**
 * Sets what the organisation asks of its new keys. Existing keys go on as they are.
 * @throws DomainError role_forbids
 */
export async function updatePolicy(context: Context, policy: Policy): Promise<Policy> {
  requireManagePolicy(context)
  return inTransaction(context, async (ctx) => {
    const { id: organization_id, slug } = ctx.organization
    // A key that is being made under the old policy is made before this one holds.
    await ctx.db.$queryRaw`SELECT id FROM organizations WHERE id = ${organization_id}::uuid FOR UPDATE`
    await requireStanding(ctx)
    const before = await readPolicy(ctx.db, organization_id)
    await ctx.db.policy.upsert({
      where: { organization_id },
      create: { organization_id, ...policy },
      update: policy,
    })
    await recordAudit(ctx, {
      action: 'policy.updated',
      target: { kind: 'policy', id: organization_id, label: slug },
      before,
      after: policy,
    })
    return readPolicy(ctx.db, organization_id)
  })
}
