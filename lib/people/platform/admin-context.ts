import { notFound } from '@/lib/base/errors'
import type { Origin, PlatformAdminActor } from '@/lib/kernel/actors/context'
import type { Database } from '@/lib/kernel/db/transaction'
import type { PlatformContext } from '@/lib/people/organizations/platform-context'

type SignedIn = { id: string; email: string; platform_admin: boolean }

export type PlatformAdminContext = PlatformContext & { actor: PlatformAdminActor }

/**
 * What a signed-in person acts with on the platform.
 * @throws DomainError not_found for everybody else, as for a path that never was
 */
export function platformAdminContext(db: Database, user: SignedIn, origin: Origin): PlatformAdminContext {
  if (!user.platform_admin) throw notFound('path')
  return { db, actor: { kind: 'platform_admin', user_id: user.id, email: user.email }, origin }
}
