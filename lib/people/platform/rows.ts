import { Prisma } from '@/lib/kernel/db/generated/client'
import type { Database } from '@/lib/kernel/db/transaction'
import { inUseSql } from '@/lib/keys/ends'
import { callsOfOrganizations } from '@/lib/keys/usage/calls-of-organizations'
import type { PlatformOrganization } from '@/lib/people/platform/contract'

/** What is read of an organisation for the console. */
export const PLATFORM_ORGANIZATION_SELECT = {
  id: true,
  slug: true,
  name: true,
  plan: true,
  developer_api: true,
  created_at: true,
  _count: { select: { memberships: true } },
  memberships: { where: { role: 'admin' }, select: { user_id: true } },
  requests: { where: { settled_at: null }, select: { created_at: true, requester: { select: { name: true } } } },
} satisfies Prisma.OrganizationSelect

type Row = Prisma.OrganizationGetPayload<{ select: typeof PLATFORM_ORGANIZATION_SELECT }>

/** As the plan counts them: a rotated key and its successors are one. */
async function countKeys(db: Database, ids: string[]): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ organization_id: string; count: number }[]>`
    SELECT organization_id, count(DISTINCT lineage_id)::int AS count FROM api_keys
    WHERE organization_id = ANY (${ids}::uuid[]) AND ${Prisma.raw(inUseSql('api_keys'))} GROUP BY organization_id`
  return new Map(rows.map(({ organization_id, count }) => [organization_id, count]))
}

/** Rows as the console shows them. */
export async function showOrganizations(db: Database, rows: Row[]): Promise<PlatformOrganization[]> {
  const ids = rows.map(({ id }) => id)
  const keys = await countKeys(db, ids)
  const calls = await callsOfOrganizations(db, ids)
  return rows.map((row) => ({
    ...showOrganization(row),
    keys: keys.get(row.id) ?? 0,
    calls_today: calls.get(row.id) ?? 0,
  }))
}

function showOrganization({ _count, memberships, requests, ...row }: Row) {
  const [request] = requests
  return {
    ...row,
    members: _count.memberships,
    admins: memberships.length,
    access_request: request ? { created_at: request.created_at, requested_by: request.requester?.name ?? null } : null,
  }
}
