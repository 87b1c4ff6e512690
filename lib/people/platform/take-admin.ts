import { DomainError, notFound } from '@/lib/base/errors'
import { recordAudit } from '@/lib/kernel/audit/record'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { PlatformContext } from '@/lib/people/organizations/platform-context'
import { lockAsPlatformAdmin, platformAdminTarget } from '@/lib/people/platform/lock-admins'

/**
 * Takes the platform from somebody; it holds from that person's next request on.
 * @throws DomainError not_found; wrong_state for the only one
 */
export function takePlatformAdmin(context: PlatformContext, { id }: { id: string }): Promise<undefined> {
  return inTransaction(context, async (ctx) => {
    await lockAsPlatformAdmin(ctx)
    const user = await ctx.db.user.findFirst({ where: { id, platform_admin: true }, select: { id: true, email: true } })
    if (!user) throw notFound('platform admin')
    const others = await ctx.db.user.count({ where: { platform_admin: true, id: { not: user.id } } })
    if (others === 0) {
      throw new DomainError('wrong_state', `${user.email} is the only platform admin. Make somebody else one first.`)
    }
    await ctx.db.user.update({ where: { id: user.id }, data: { platform_admin: false } })
    const target = platformAdminTarget(user)
    await recordAudit({ ...ctx, organization: null }, { action: 'platform_admin.taken', target })
    return undefined
  })
}
