import type { Origin } from '@/lib/kernel/actors/context'
import { recordAudit } from '@/lib/kernel/audit/record'
import { type Database, inTransaction, type Transaction } from '@/lib/kernel/db/transaction'

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

type Refusal = {
  /** What has happened: a sign-in was refused, or no more are looked at for a while. */
  action: 'session.sign_in_failed' | 'session.sign_in_locked'
  /** Null: there is no such account. What was typed is not kept, for it may be a password. */
  account: { id: string; email: string } | null
  /** Why, in a word. */
  after: { because: string }
}

/** Tells the platform of a sign-in that was refused: nobody knows who asked for it. */
export function recordRefusedSignIn(
  context: { db: Database; origin: Origin },
  { action, account, after }: Refusal,
): Promise<void> {
  const target = { id: account?.id ?? null, label: account?.email ?? 'no account' }
  return inTransaction(context, (ctx) =>
    recordAudit({ ...ctx, actor: { kind: 'stranger' }, organization: null }, { action, target, after }),
  )
}
