import { notFound } from '@/lib/base/errors'
import { Prisma } from '@/lib/kernel/db/generated/client'
import { inUseSql } from '@/lib/keys/ends'
import { slug as slugForm } from '@/lib/people/organizations/contract'
import type { PlatformContext } from '@/lib/people/organizations/platform-context'
import type { PlatformOrganizationDetail } from '@/lib/people/platform/contract'
import { PLATFORM_ORGANIZATION_SELECT, showOrganizations } from '@/lib/people/platform/rows'

/**
 * One organisation, with what turning its Developer API off would stop.
 * @throws DomainError not_found
 */
export async function getPlatformOrganization(
  { db }: PlatformContext,
  { slug }: { slug: string },
): Promise<PlatformOrganizationDetail> {
  // It comes from an address that anybody may type, also with what Postgres takes for no text.
  const known = slugForm.safeParse(slug).success
  const row = known ? await db.organization.findUnique({ where: { slug }, select: PLATFORM_ORGANIZATION_SELECT }) : null
  if (!row) throw notFound('organisation')
  const [used] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(DISTINCT lineage_id)::int AS count FROM api_keys JOIN key_last_uses u ON u.key_id = api_keys.id
    WHERE organization_id = ${row.id}::uuid AND ${Prisma.raw(inUseSql('api_keys'))}
      AND u.used_at > clock_timestamp() - interval '24 hours'`
  const [organization] = await showOrganizations(db, [row])
  if (!organization) throw notFound('organisation')
  return { ...organization, keys_used_today: used?.count ?? 0 }
}
