import { z } from 'zod'
import { notFound } from '@/lib/base/errors'
import { inUseSql } from '@/lib/keys/ends'
import { slug as slugForm } from '@/lib/people/organizations/contract'
import type { PlatformContext } from '@/lib/people/organizations/platform-context'
import type { PlatformOrganizationDetail } from '@/lib/people/platform/contract'
import { PLATFORM_ORGANIZATION_SELECT, showOrganizations } from '@/lib/people/platform/rows'

const used = z.tuple([z.object({ keys_used_today: z.int() })])

/**
 * One organisation as it is stored, without its figures.
 * @throws DomainError not_found
 */
export async function findPlatformOrganization({ db }: PlatformContext, { slug }: { slug: string }) {
  // It comes from an address that anybody may type, also with what Postgres takes for no text.
  const known = slugForm.safeParse(slug).success
  const select = { ...PLATFORM_ORGANIZATION_SELECT, email_senders: true }
  const row = known ? await db.organization.findUnique({ where: { slug }, select }) : null
  if (!row) throw notFound('organisation')
  return row
}

/**
 * One organisation, with what turning its Developer API off would stop.
 * @throws DomainError not_found
 */
export async function getPlatformOrganization(
  ctx: PlatformContext,
  { slug }: { slug: string },
): Promise<PlatformOrganizationDetail> {
  const row = await findPlatformOrganization(ctx, { slug })
  const [organization] = await showOrganizations(ctx.db, [row])
  if (!organization) throw notFound('organisation')
  const [{ keys_used_today }] = used.parse(
    await ctx.db.$queryRaw`
      SELECT count(DISTINCT k.lineage_id)::int AS keys_used_today FROM api_keys k JOIN key_last_uses u ON u.key_id = k.id
      WHERE k.organization_id = ${row.id}::uuid AND ${inUseSql('k')}
        AND u.used_at > statement_timestamp() - interval '24 hours'`,
  )
  return { ...organization, keys_used_today, email_senders: row.email_senders }
}
