import { z } from 'zod'
import type { Prisma } from '@/lib/kernel/db/generated/client'
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
  requests: { where: { settled_at: null }, select: { created_at: true, requester: { select: { name: true } } } },
} satisfies Prisma.OrganizationSelect

type Row = Prisma.OrganizationGetPayload<{ select: typeof PLATFORM_ORGANIZATION_SELECT }>

const counts = z.object({ id: z.string(), members: z.int(), admins: z.int(), keys: z.int() })

type Counts = Omit<z.output<typeof counts>, 'id'>

/**
 * Of these organisations alone: a count that Prisma puts beside a row is one over the rows of all. Keys are counted as the
 * plan counts them: a rotated one and its successors are one.
 */
async function countsOfOrganizations(db: Database, ids: string[]): Promise<Map<string, Counts>> {
  const rows = z.array(counts).parse(
    await db.$queryRaw`
      SELECT o.id, m.members, m.admins, k.keys
      FROM unnest(${ids}::uuid[]) AS o (id)
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS members, count(*) FILTER (WHERE role = 'admin')::int AS admins
        FROM memberships WHERE organization_id = o.id) m
      CROSS JOIN LATERAL (
        SELECT count(DISTINCT k.lineage_id)::int AS keys FROM api_keys k WHERE k.organization_id = o.id AND ${inUseSql('k')}) k`,
  )
  return new Map(rows.map(({ id, ...rest }) => [id, rest]))
}

const NONE: Counts = { members: 0, admins: 0, keys: 0 }

/** Rows as the console shows them. */
export async function showOrganizations(db: Database, rows: Row[]): Promise<PlatformOrganization[]> {
  const ids = rows.map(({ id }) => id)
  const counted = await countsOfOrganizations(db, ids)
  const calls = await callsOfOrganizations(db, ids)
  return rows.map(({ requests: [request], ...row }) => ({
    ...row,
    ...(counted.get(row.id) ?? NONE),
    calls_today: calls.get(row.id) ?? 0,
    access_request: request ? { created_at: request.created_at, requested_by: request.requester?.name ?? null } : null,
  }))
}
