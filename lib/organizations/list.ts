import type { Organization } from '@/lib/organizations/contract'
import type { PlatformContext } from '@/lib/organizations/platform-context'
import { SHOWN } from '@/lib/organizations/rows'

/** Every organisation, by slug. */
export function listOrganizations({ db }: PlatformContext): Promise<Organization[]> {
  return db.organization.findMany({ select: SHOWN, orderBy: { slug: 'asc' } })
}
