import type { Database } from '@/lib/kernel/db/transaction'

/** The organisations that a person belongs to, by name, with the role in each. */
export async function listMemberships(db: Database, user_id: string) {
  const memberships = await db.membership.findMany({
    where: { user_id },
    select: { role: true, organization: { select: { id: true, slug: true, name: true } } },
    orderBy: { organization: { name: 'asc' } },
  })
  return memberships.map(({ role, organization }) => ({ ...organization, role }))
}
