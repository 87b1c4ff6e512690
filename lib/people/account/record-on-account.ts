import type { AuditAction } from '@/lib/contracts/audited'
import { type AuditedChange, recordAudit } from '@/lib/kernel/audit/record'
import type { Transaction } from '@/lib/kernel/db/transaction'
import type { AccountContext } from '@/lib/people/account/context'

/** Audits what a person does to their own account. It belongs to no organisation. */
export const recordOnAccount = <Action extends AuditAction>(
  ctx: AccountContext & { db: Transaction },
  change: Omit<AuditedChange<Action>, 'target'>,
): Promise<void> =>
  recordAudit({ ...ctx, organization: null }, { ...change, target: { id: ctx.actor.user_id, label: ctx.actor.email } })
