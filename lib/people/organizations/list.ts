import type { Organization } from '@/lib/people/organizations/contract'
import type { PlatformContext } from '@/lib/people/organizations/platform-context'
import { SHOWN } from '@/lib/people/organizations/rows'

/** Every organisation, by slug. */
export function listOrganizations({ db }: PlatformContext): Promise<Organization[]> {
  return db.organization.findMany({ select: SHOWN, orderBy: { slug: 'asc' } })
}
