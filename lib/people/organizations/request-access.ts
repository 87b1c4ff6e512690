import { DomainError } from '@/lib/base/errors'
import type { Context, MemberActor } from '@/lib/kernel/actors/context'
import { mayRequestAccess, requirePermission } from '@/lib/kernel/actors/permissions'
import { recordAudit } from '@/lib/kernel/audit/record'
import { inTransaction } from '@/lib/kernel/db/transaction'

/**
 * Asks the platform to turn the Developer API on. One such request is open at a time.
 * @throws DomainError role_forbids; wrong_state where it is on; already_exists where it was asked for
 */
export function requestAccess(context: Context<MemberActor>): Promise<{ created_at: Date }> {
  requirePermission(mayRequestAccess(context))
  return inTransaction(context, async (ctx) => {
    const { id: organization_id, slug } = ctx.organization
    // Waits for whoever turns it on at this moment, so that no request stays open behind them.
    const rows = await ctx.db.$queryRaw<{ developer_api: boolean }[]>`
      SELECT developer_api FROM organizations WHERE id = ${organization_id}::uuid FOR UPDATE`
    if (rows[0]?.developer_api) throw new DomainError('wrong_state', 'The Developer API is on. Reload the page.')
    const [made] = await ctx.db.accessRequest.createManyAndReturn({
      data: [{ organization_id, requested_by: ctx.actor.user_id }],
      skipDuplicates: true,
      select: { id: true, created_at: true },
    })
    if (!made) throw new DomainError('already_exists', 'Somebody of your organisation has asked for it already.')
    await recordAudit(ctx, { action: 'access_request.made', target: { id: made.id, label: slug } })
    return { created_at: made.created_at }
  })
}
