import { inTransaction } from '@/lib/db/transaction'
import { notFound } from '@/lib/errors'
import type { PlatformContext } from '@/lib/organizations/platform-context'
import { settleRequest } from '@/lib/organizations/settle-request'

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
