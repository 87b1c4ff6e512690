import { z } from 'zod'
import { HOUR_MS } from '@/lib/base/time'
import { type Database, databaseNow } from '@/lib/kernel/db/transaction'
import { SHOWN_HOURS } from '@/lib/keys/usage/contract'
import { hourOf } from '@/lib/keys/usage/record'

const counts = z.array(z.object({ organization_id: z.string(), calls: z.bigint() }))

/** Calls with the keys of each organisation in the last twenty-four hours; none named that has none. */
export async function callsOfOrganizations(db: Database, organization_ids: string[]): Promise<Map<string, number>> {
  const from = new Date(hourOf(await databaseNow(db)).getTime() - (SHOWN_HOURS - 1) * HOUR_MS)
  const rows = counts.parse(
    await db.$queryRaw`
      SELECT k.organization_id, sum(u.calls)::bigint AS calls
      FROM key_usage u JOIN api_keys k ON k.id = u.key_id
      WHERE k.organization_id = ANY (${organization_ids}::uuid[]) AND u.hour >= ${from}
      GROUP BY k.organization_id`,
  )
  return new Map(rows.map(({ organization_id, calls }) => [organization_id, Number(calls)]))
}
