import { notFound } from '@/lib/base/errors'
import { requireProofToWiden } from '@/lib/kernel/actors/require-proof'
import { recordAudit } from '@/lib/kernel/audit/record'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { Organization, SetOrganizationInput } from '@/lib/people/organizations/contract'
import type { PlatformContext } from '@/lib/people/organizations/platform-context'
import { ORGANIZATION_SELECT, organizationTarget } from '@/lib/people/organizations/rows'
import { settleRequest } from '@/lib/people/organizations/settle-request'
import { widensOrganization } from '@/lib/people/organizations/widens-organization'

type Input = { slug: string; reason?: string | null } & SetOrganizationInput

/**
 * Changes what only the platform decides: plan, Developer API flag, rate limit, senders of emails, name. What is not named stays. With the
 * flag on, the organisation's request for it is granted.
 * @throws DomainError not_found, proof_required
 */
export function setOrganization(context: PlatformContext, { slug, reason, ...changes }: Input): Promise<Organization> {
  return inTransaction(context, async (ctx) => {
    await ctx.db.$queryRaw`SELECT id FROM organizations WHERE slug = ${slug} FOR UPDATE`
    const before = await ctx.db.organization.findUnique({ where: { slug }, select: ORGANIZATION_SELECT })
    if (!before) throw notFound('organisation')
    const after = await ctx.db.organization.update({ where: { slug }, data: changes, select: ORGANIZATION_SELECT })
    requireProofToWiden(ctx, widensOrganization(before, after))
    const audit = { ...ctx, organization: after }
    const change = { target: organizationTarget(after), before, after, reason }
    await recordAudit(audit, { action: 'organization.changed', ...change })
    if (after.developer_api) await settleRequest(audit, { granted: true, reason })
    return after
  })
}
