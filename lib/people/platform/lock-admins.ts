import { notFound } from '@/lib/base/errors'
import type { Transaction } from '@/lib/kernel/db/transaction'
import type { PlatformContext } from '@/lib/people/organizations/platform-context'

/** Whoever changes who the platform admins are waits here for whoever else does, until the transaction ends. */
export async function lockPlatformAdmins(db: Transaction): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('latchkey: platform admins'))`
}

/**
 * Locks, then asks again whether the actor is one: who was one a moment ago no longer makes others.
 * @throws DomainError not_found
 */
export async function lockAsPlatformAdmin({ db, actor }: PlatformContext & { db: Transaction }): Promise<void> {
  await lockPlatformAdmins(db)
  if (actor.kind !== 'platform_admin') return
  const row = await db.user.findUnique({ where: { id: actor.user_id }, select: { platform_admin: true } })
  if (!row?.platform_admin) throw notFound('path')
}

/** How an audit entry names a platform admin. */
export const platformAdminTarget = ({ id, email }: { id: string; email: string }) => ({ id, label: email })
