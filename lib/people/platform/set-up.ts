import { notFound, validationFailed } from '@/lib/base/errors'
import type { Origin } from '@/lib/kernel/actors/context'
import { recordAudit } from '@/lib/kernel/audit/record'
import { type Database, inTransaction } from '@/lib/kernel/db/transaction'
import type { PlatformAdmin, SetupInput } from '@/lib/people/platform/contract'
import { lockPlatformAdmins, platformAdminTarget } from '@/lib/people/platform/lock-admins'
import { isSetupOpen, isSetupToken } from '@/lib/people/platform/setup-token'
import { countSetupAttempt } from '@/lib/people/sign-in/attempts'
import { hashPassword } from '@/lib/people/sign-in/password'

/** @throws DomainError not_found, as for a path that never was, once somebody runs the platform */
export async function requireSetupOpen(db: Database): Promise<void> {
  if (!(await isSetupOpen(db))) throw notFound('path')
}

/**
 * Makes the first platform admin, for whoever knows the token that the start has printed. Of two at the same time, one
 * is made; then it is closed for ever.
 * @throws DomainError not_found when it is closed; rate_limited; validation_failed for a wrong or late token, and for an
 *   email that has an account
 */
export async function setUp(
  context: { db: Database; origin: Origin },
  { token, name, email, password }: SetupInput,
): Promise<PlatformAdmin> {
  await requireSetupOpen(context.db)
  await countSetupAttempt(context.origin.address)
  return inTransaction(context, async (ctx) => {
    await lockPlatformAdmins(ctx.db)
    await requireSetupOpen(ctx.db)
    if (!(await isSetupToken(ctx.db, token))) {
      const message = 'This is not a token of the last 24 hours. Copy it whole; a new start prints a new one.'
      throw validationFailed([{ path: 'token', message }])
    }
    const [user] = await ctx.db.user.createManyAndReturn({
      data: [{ email, name, password_hash: await hashPassword(password), platform_admin: true }],
      skipDuplicates: true,
      select: { id: true, email: true, name: true },
    })
    if (!user)
      throw validationFailed([{ path: 'email', message: 'There is an account with this email. Take another.' }])
    await ctx.db.setupToken.deleteMany()
    const actor = { kind: 'platform_admin' as const, user_id: user.id, email }
    const target = platformAdminTarget(user)
    await recordAudit({ ...ctx, actor, organization: null }, { action: 'platform_admin.set_up', target })
    return user
  })
}
