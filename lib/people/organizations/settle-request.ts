import { type AuditContext, recordAudit } from '@/lib/kernel/audit/record'
import { databaseNow } from '@/lib/kernel/db/transaction'

type Settlement = { granted: boolean; reason?: string | null }

/** Ends the organisation's open request for the Developer API, if there is one. @returns whether there was */
export async function settleRequest(
  ctx: AuditContext & { organization: { id: string; slug: string } },
  { granted, reason }: Settlement,
): Promise<boolean> {
  const [settled] = await ctx.db.accessRequest.updateManyAndReturn({
    where: { organization_id: ctx.organization.id, settled_at: null },
    data: { settled_at: await databaseNow(ctx.db), granted },
    select: { id: true },
  })
  if (!settled) return false
  const action = granted ? 'access_request.granted' : 'access_request.declined'
  const target = { id: settled.id, label: ctx.organization.slug }
  await recordAudit(ctx, { action, target, reason })
  return true
}
