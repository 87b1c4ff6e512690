import { recordAudit } from '@/lib/kernel/audit/record'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { PlatformContext } from '@/lib/people/organizations/platform-context'
import { holdJob } from '@/lib/work/jobs/hold'

/**
 * Lets a job that has failed, or waits for its next attempt, be taken at once, with all of its attempts before it.
 * @throws DomainError not_found, wrong_state for one that is running
 */
export function retryJob(context: PlatformContext, { id }: { id: string }): Promise<undefined> {
  return inTransaction(context, async (ctx) => {
    const { kind, ...before } = await holdJob(ctx.db, id)
    await ctx.db.$executeRaw`
      UPDATE jobs SET failed_at = NULL, attempts = 0, held_by = NULL, run_at = clock_timestamp() WHERE id = ${id}::uuid`
    const target = { id, label: kind }
    await recordAudit({ ...ctx, organization: null }, { action: 'job.retried', target, before })
    return undefined
  })
}
