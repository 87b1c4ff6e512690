import type { ActivityType } from '@/lib/contracts/rows/define'
import { catalogue } from '@/lib/contracts/scopes/catalogue'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { Prisma } from '@/lib/kernel/db/generated/client'
import type { Transaction } from '@/lib/kernel/db/transaction'

// A random UUID with the time in front and the version changed from 4 to 7: Postgres makes them itself from 18 on only.
export const UUID_V7 = Prisma.sql`encode(set_bit(set_bit(overlay(
  uuid_send(gen_random_uuid())
  PLACING substring(int8send(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
  FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid`

/**
 * Changes rows and appends an activity for each, in one statement: for changes of as many rows as there happen to be,
 * where `recordActivities` would carry each through the process.
 * @param change returns the three columns subject_id, contact_id and data
 * @throws Error for a type that no contract names
 */
export async function recordChanged(
  { db, tenant, actor }: ResourceContext & { db: Transaction },
  { type, subject_kind, change }: { type: ActivityType; subject_kind: string; change: Prisma.Sql },
): Promise<void> {
  catalogue().requireActivityType(type)
  await db.$executeRaw`
    WITH changed (subject_id, contact_id, data) AS (${change})
    INSERT INTO activities (id, at, organization_id, environment, type, actor_kind, actor_id, actor_label,
      contact_id, subject_kind, subject_id, data)
    SELECT ${UUID_V7}, clock_timestamp(), ${tenant.organization_id}::uuid, ${tenant.environment}::environment, ${type}, ${actor.kind},
      ${actor.key_id}::uuid, ${actor.key_prefix}, contact_id, ${subject_kind}, subject_id, data
    FROM changed`
}
