import { DomainError } from '@/lib/base/errors'
import { requireProofToWiden } from '@/lib/kernel/actors/require-proof'
import { recordAudit } from '@/lib/kernel/audit/record'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { PlatformContext } from '@/lib/people/organizations/platform-context'
import type { PlatformAdmin } from '@/lib/people/platform/contract'
import { lockAsPlatformAdmin, platformAdminTarget } from '@/lib/people/platform/lock-admins'

/**
 * Makes somebody with an account a platform admin. For one who is one already it changes nothing.
 * @throws DomainError not_found, proof_required
 */
export function grantPlatformAdmin(context: PlatformContext, { email }: { email: string }): Promise<PlatformAdmin> {
  return inTransaction(context, async (ctx) => {
    await lockAsPlatformAdmin(ctx)
    const found = await ctx.db.user.findUnique({
      where: { email },
      select: { id: true, email: true, name: true, platform_admin: true },
    })
    if (!found) throw new DomainError('not_found', `Nobody with the email ${email} has an account here.`)
    const { platform_admin, ...user } = found
    if (platform_admin) return user
    requireProofToWiden(ctx, true)
    await ctx.db.user.update({ where: { id: user.id }, data: { platform_admin: true } })
    const target = platformAdminTarget(user)
    await recordAudit({ ...ctx, organization: null }, { action: 'platform_admin.granted', target })
    return user
  })
}
