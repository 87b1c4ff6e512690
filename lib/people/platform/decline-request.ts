import { notFound } from '@/lib/base/errors'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { PlatformContext } from '@/lib/people/organizations/platform-context'
import { settleRequest } from '@/lib/people/organizations/settle-request'

/**
 * Says no to an organisation that asks for the Developer API; it may ask again.
 * @throws DomainError not_found where nothing is asked for
 */
export function declineRequest(
  context: PlatformContext,
  { slug, reason }: { slug: string; reason: string },
): Promise<undefined> {
  return inTransaction(context, async (ctx) => {
    const organization = await ctx.db.organization.findUnique({ where: { slug }, select: { id: true, slug: true } })
    if (!organization) throw notFound('organisation')
    const settled = await settleRequest({ ...ctx, organization }, { granted: false, reason })
    if (!settled) throw notFound('request')
    return undefined
  })
}
