import { notFound } from '@/lib/base/errors'
import { DAY_MS } from '@/lib/base/time'
import { databaseNow } from '@/lib/kernel/db/transaction'
import { inUse } from '@/lib/keys/ends'
import { slug as slugForm } from '@/lib/people/organizations/contract'
import type { PlatformContext } from '@/lib/people/organizations/platform-context'
import type { PlatformOrganizationDetail } from '@/lib/people/platform/contract'
import { platformOrganizationSelect, showOrganizations } from '@/lib/people/platform/rows'

/**
 * One organisation, with what turning its Developer API off would stop.
 * @throws DomainError not_found
 */
export async function getPlatformOrganization(
  { db }: PlatformContext,
  { slug }: { slug: string },
): Promise<PlatformOrganizationDetail> {
  const now = await databaseNow(db)
  // It comes from an address that anybody may type, also with what Postgres takes for no text.
  const known = slugForm.safeParse(slug).success
  const row = known
    ? await db.organization.findUnique({
        where: { slug },
        select: { ...platformOrganizationSelect(now), email_senders: true },
      })
    : null
  if (!row) throw notFound('organisation')
  const keys_used_today = await db.apiKey.count({
    where: {
      organization_id: row.id,
      ...inUse(now),
      last_use: { used_at: { gt: new Date(now.getTime() - DAY_MS) } },
    },
  })
  const [organization] = await showOrganizations(db, [row])
  if (!organization) throw notFound('organisation')
  return { ...organization, keys_used_today, email_senders: row.email_senders }
}
