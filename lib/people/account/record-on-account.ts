import { recordAudit } from '@/lib/kernel/audit/record'
import type { Prisma } from '@/lib/kernel/db/generated/client'
import type { Transaction } from '@/lib/kernel/db/transaction'
import type { AccountContext } from '@/lib/people/account/context'

type Change = { action: string; before?: Prisma.InputJsonObject; after?: Prisma.InputJsonObject }

/** Audits what a person does to their own account. It belongs to no organisation. */
export const recordOnAccount = (ctx: AccountContext & { db: Transaction }, change: Change): Promise<void> =>
  recordAudit(
    { ...ctx, organization: null },
    { ...change, target: { kind: 'user', id: ctx.actor.user_id, label: ctx.actor.email } },
  )
