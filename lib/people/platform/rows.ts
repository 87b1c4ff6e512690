import type { Prisma } from '@/lib/kernel/db/generated/client'
import type { Database } from '@/lib/kernel/db/transaction'
import { inUse } from '@/lib/keys/ends'
import { callsOfOrganizations } from '@/lib/keys/usage/calls-of-organizations'
import type { PlatformOrganization } from '@/lib/people/platform/contract'

/** What is read of an organisation for the console. `now` is the database's clock. */
export const platformOrganizationSelect = (now: Date) =>
  ({
    id: true,
    slug: true,
    name: true,
    plan: true,
    developer_api: true,
    created_at: true,
    _count: { select: { memberships: true, keys: { where: inUse(now) } } },
    memberships: { where: { role: 'admin' }, select: { user_id: true } },
    requests: { where: { settled_at: null }, select: { created_at: true, requester: { select: { name: true } } } },
  }) satisfies Prisma.OrganizationSelect

type Row = Prisma.OrganizationGetPayload<{ select: ReturnType<typeof platformOrganizationSelect> }>

/** Rows as the console shows them. */
export async function showOrganizations(db: Database, rows: Row[]): Promise<PlatformOrganization[]> {
  const calls = await callsOfOrganizations(
    db,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({ ...showOrganization(row), calls_today: calls.get(row.id) ?? 0 }))
}

function showOrganization({ _count, memberships, requests, ...row }: Row) {
  const [request] = requests
  return {
    ...row,
    members: _count.memberships,
    admins: memberships.length,
    keys: _count.keys,
    access_request: request ? { created_at: request.created_at, requested_by: request.requester?.name ?? null } : null,
  }
}
