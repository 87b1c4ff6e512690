import type { Origin } from '@/lib/kernel/actors/context'
import { recordAudit } from '@/lib/kernel/audit/record'
import type { Transaction } from '@/lib/kernel/db/transaction'

/** Tells a sign-in to each organisation of the person; to the platform, where there is none. */
export async function recordSignIn(
  ctx: { db: Transaction; origin: Origin },
  { id, email }: { id: string; email: string },
): Promise<void> {
  const memberships = await ctx.db.membership.findMany({ where: { user_id: id }, select: { organization_id: true } })
  const organizations = memberships.map(({ organization_id }) => ({ id: organization_id }))
  for (const organization of organizations.length > 0 ? organizations : [null]) {
    await recordAudit(
      { ...ctx, actor: { kind: 'person', user_id: id, email }, organization },
      { action: 'session.signed_in', target: { id, label: email } },
    )
  }
}
