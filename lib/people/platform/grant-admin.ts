import { DomainError } from '@/lib/base/errors'
import { requireProofToWiden } from '@/lib/kernel/actors/require-proof'
import { recordAudit } from '@/lib/kernel/audit/record'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { PlatformContext } from '@/lib/people/organizations/platform-context'
import type { GrantInput, PlatformAdmin } from '@/lib/people/platform/contract'
import { lockAsPlatformAdmin, platformAdminTarget } from '@/lib/people/platform/lock-admins'
import { requireProvenEmail } from '@/lib/people/sign-in/email-proof'

/**
 * Makes somebody with an account a platform admin. For one who is one already it changes nothing.
 * @throws DomainError not_found, proof_required, email_unproven
 */
export function grantPlatformAdmin(
  context: PlatformContext,
  { email, accept_unproven_email }: GrantInput,
): Promise<PlatformAdmin> {
  return inTransaction(context, async (ctx) => {
    await lockAsPlatformAdmin(ctx)
    const found = await ctx.db.user.findUnique({
      where: { email },
      select: { id: true, email: true, name: true, platform_admin: true, email_proved_at: true },
    })
    if (!found) throw new DomainError('not_found', `Nobody with the email ${email} has an account here.`)
    const { platform_admin, email_proved_at, ...user } = found
    if (platform_admin) return user
    requireProofToWiden(ctx, true)
    const email_proven = requireProvenEmail({ email, email_proved_at }, accept_unproven_email)
    await ctx.db.user.update({ where: { id: user.id }, data: { platform_admin: true } })
    const change = {
      action: 'platform_admin.granted',
      target: platformAdminTarget(user),
      after: { email_proven },
    } as const
    await recordAudit({ ...ctx, organization: null }, change)
    return user
  })
}
