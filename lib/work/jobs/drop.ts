import { DomainError } from '@/lib/base/errors'
import { recordAudit } from '@/lib/kernel/audit/record'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { PlatformContext } from '@/lib/people/organizations/platform-context'
import { holdJob } from '@/lib/work/jobs/hold'
import { handlerOf } from '@/lib/work/register'

/**
 * Gives a job up for good: it is never done. Its kind says what else becomes of what it was about.
 * @throws DomainError not_found; wrong_state for one that is running, or comes round for ever
 */
export function dropJob(context: PlatformContext, { id }: { id: string }): Promise<undefined> {
  return inTransaction(context, async (ctx) => {
    const { kind, ...before } = await holdJob(ctx.db, id)
    const handler = handlerOf(kind)
    if (handler?.kind.every != null) throw new DomainError('wrong_state', 'This job comes round again, and stays.')
    await handler?.dropped(ctx, before.data)
    await ctx.db.job.delete({ where: { id } })
    const target = { id, label: kind }
    await recordAudit({ ...ctx, organization: null }, { action: 'job.dropped', target, before })
    return undefined
  })
}
