import type { PlatformContext } from '@/lib/people/organizations/platform-context'
import type { PlatformAdmin } from '@/lib/people/platform/contract'

/** Who runs the platform, by email. */
export async function listPlatformAdmins({ db }: PlatformContext): Promise<PlatformAdmin[]> {
  return db.user.findMany({
    where: { platform_admin: true },
    orderBy: { email: 'asc' },
    select: { id: true, email: true, name: true },
  })
}
