import type { Organization } from '@/lib/people/organizations/contract'
import type { PlatformContext } from '@/lib/people/organizations/platform-context'
import { ORGANIZATION_SELECT } from '@/lib/people/organizations/rows'

/** Every organisation, by slug. */
export function listOrganizations({ db }: PlatformContext): Promise<Organization[]> {
  return db.organization.findMany({ select: ORGANIZATION_SELECT, orderBy: { slug: 'asc' } })
}
