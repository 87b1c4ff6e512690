import { runtime } from '@/lib/base/node/runtime'
import { openClient } from '@/lib/kernel/db/session'
import { inBulkTransaction } from '@/lib/kernel/db/transaction'

type Many = { organization_id: string; count: number; created_by?: string | null }

/**
 * Keys as creations make them, without the time that creations take. Of ten one is revoked and one has expired; of five hundred
 * one was rotated, one is in its grace and one expires in a day. Every third has been used.
 */
export async function makeManyKeys({ organization_id, count, created_by = null }: Many): Promise<void> {
  await inBulkTransaction(
    (db) => db.$executeRaw`
      WITH made AS (
        INSERT INTO api_keys (id, organization_id, lineage_id, environment, name, key_prefix, hash, scopes, created_by,
          created_at, expires_at, rotated_at, retires_at, revoked_at)
        SELECT gen_random_uuid(), ${organization_id}::uuid, gen_random_uuid(), 'live', 'Key ' || i,
          'lk_live_' || lpad(i::text, 6, '0'), sha256(gen_random_uuid()::text::bytea), '{contacts:write}',
          ${created_by}::uuid, now() - i * interval '1 minute' - interval '61 days',
          CASE WHEN i % 10 = 1 THEN now() - interval '1 day' WHEN i % 500 = 4 THEN now() + interval '1 day' END,
          CASE WHEN i % 500 IN (2, 3) THEN now() - interval '2 days' END,
          CASE i % 500 WHEN 2 THEN now() - interval '1 day' WHEN 3 THEN now() + interval '1 day' END,
          CASE i % 10 WHEN 0 THEN now() END
        FROM generate_series(1, ${count}::int) AS i
        RETURNING id, name
      )
      INSERT INTO key_last_uses (key_id, used_at)
      SELECT id, now() - substr(name, 5)::int * interval '1 minute' FROM made WHERE substr(name, 5)::int % 3 = 0`,
  )
}

/** Makes Postgres know what is in its tables, as it does by itself in time; without a limit, which a call's connection has. */
export async function vacuum(): Promise<void> {
  const client = await openClient({ connectionString: runtime().databaseUrl })
  try {
    await client.query('SET statement_timeout = 0')
    await client.query('VACUUM ANALYZE')
  } finally {
    await client.end()
  }
}
