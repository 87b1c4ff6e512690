import { notFound } from '@/lib/base/errors'
import type { Origin, PlatformAdminActor } from '@/lib/kernel/actors/context'
import type { Database } from '@/lib/kernel/db/transaction'
import type { PlatformContext } from '@/lib/people/organizations/platform-context'

type SignedIn = { id: string; email: string; platform_admin: boolean; proved?: boolean }

export type PlatformAdminContext = PlatformContext & { actor: PlatformAdminActor }

/**
 * What a signed-in person acts with on the platform.
 * @throws DomainError not_found for everybody else, as for a path that never was
 */
export function platformAdminContext(
  db: Database,
  { id, email, platform_admin, proved = false }: SignedIn,
  origin: Origin,
): PlatformAdminContext {
  if (!platform_admin) throw notFound('path')
  return { db, actor: { kind: 'platform_admin', user_id: id, email, proved }, origin }
}
