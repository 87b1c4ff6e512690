import type { Page, SortKey } from '@/lib/contracts/page'
import { keyset, toPage } from '@/lib/kernel/listing/keyset'
import { mentioned } from '@/lib/kernel/rows/mentioned'
import type { PlatformContext } from '@/lib/people/organizations/platform-context'
import type { ListPlatformOrganizationsQuery, PlatformOrganization } from '@/lib/people/platform/contract'
import { PLATFORM_ORGANIZATION_SELECT, showOrganizations } from '@/lib/people/platform/rows'

const BY_SLUG: SortKey<'slug'>[] = [{ field: 'slug', direction: 'asc' }]

/**
 * A page of all organisations, by slug.
 * @throws DomainError invalid_cursor
 */
export async function listPlatformOrganizations(
  { db }: PlatformContext,
  { q, requests, limit, cursor }: ListPlatformOrganizationsQuery,
): Promise<Page<PlatformOrganization>> {
  const request = { list: ['platform organizations', q, requests], sort: BY_SLUG, limit, cursor }
  const page = keyset(request)
  const rows = await db.organization.findMany({
    where: {
      AND: [
        page.where,
        q === undefined ? {} : await mentioned(q, { table: 'organizations' }),
        requests ? { requests: { some: { settled_at: null } } } : {},
      ],
    },
    orderBy: page.orderBy,
    take: page.take,
    select: PLATFORM_ORGANIZATION_SELECT,
  })
  const { data, ...rest } = toPage(request, rows)
  return { ...rest, data: await showOrganizations(db, data) }
}
