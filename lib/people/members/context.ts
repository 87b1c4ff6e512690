import { notFound } from '@/lib/base/errors'
import type { Context, MemberActor, Origin } from '@/lib/kernel/actors/context'
import type { Database } from '@/lib/kernel/db/transaction'
import { slug as slugForm } from '@/lib/people/organizations/contract'

/**
 * What a signed-in person acts with in the organisation `slug`: role, permission and flag as the database has them now.
 * @throws DomainError not_found, the same where the organisation does not exist and where the person is no member
 */
export async function memberContext(
  db: Database,
  { id, email, proved = false }: { id: string; email: string; proved?: boolean },
  slug: string,
  origin: Origin,
): Promise<Context<MemberActor>> {
  // It comes from an address that anybody may type, also with what Postgres takes for no text.
  if (!slugForm.safeParse(slug).success) throw notFound('organisation')
  const membership = await db.membership.findFirst({
    where: { user_id: id, organization: { slug } },
    select: {
      role: true,
      developer: true,
      organization: {
        select: { id: true, slug: true, name: true, plan: true, developer_api: true, rate_limit: true },
      },
    },
  })
  if (!membership) throw notFound('organisation')
  const { role, developer, organization } = membership
  return { db, actor: { kind: 'member', user_id: id, email, role, developer, proved }, organization, origin }
}
