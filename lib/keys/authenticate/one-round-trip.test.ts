import { beforeAll, expect, test } from 'vitest'
import { pool } from '@/lib/kernel/db/client'
import { AUTHENTICATE } from '@/lib/keys/authenticate/statement'
import { hashKey } from '@/lib/keys/hash'
import { callApi } from '@/lib/testing/call'
import { useOwnDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'
import { countStatements } from '@/lib/testing/statements'

/** What every request of the API costs the database. */

useOwnDatabase()

const KEYS = 20_000

let key = ''

beforeAll(async () => {
  const organization = await makeOrganization()
  key = (await makeKey(organization)).key
  await pool().query(
    `INSERT INTO api_keys (id, organization_id, lineage_id, environment, name, key_prefix, hash)
     SELECT gen_random_uuid(), $1, gen_random_uuid(), 'live', 'key', 'lk_live_x', sha256(i::text::bytea)
     FROM generate_series(1, $2::int) AS i`,
    [organization.id, KEYS],
  )
  await pool().query('INSERT INTO rate_windows SELECT lineage_id, 0, 0, array_fill(0, ARRAY[61]) FROM api_keys')
  await pool().query('INSERT INTO key_last_uses (key_id, used_at) SELECT id, now() FROM api_keys')
  await pool().query('ANALYZE api_keys, organizations, rate_windows, key_last_uses')
})

test('a call is decided in one round trip', async () => {
  await callApi('/me', { key })
  expect(await countStatements(() => callApi('/me', { key }))).toBe(1)
})

test('it is planned once for a connection, not once for every batch', async () => {
  const client = await pool().connect()
  try {
    for (let size = 1; size <= 20; size++) {
      const values = [hashKey(key), '127.0.0.1', 1].map((value) => new Array(size).fill(value))
      await client.query({ name: 'decide', text: AUTHENTICATE, values })
    }
    const { rows } = await client.query(`SELECT custom_plans::int FROM pg_prepared_statements WHERE name = 'decide'`)
    // Postgres plans the first five for their own sake, and then compares.
    expect(rows).toEqual([{ custom_plans: 5 }])
  } finally {
    client.release(true)
  }
})

test('among many keys the prepared plan finds each by an index', async () => {
  const client = await pool().connect()
  try {
    await client.query('BEGIN')
    await client.query('SET LOCAL plan_cache_mode = force_generic_plan')
    await client.query(`PREPARE decide (bytea[], inet[], int[]) AS ${AUTHENTICATE}`)
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN EXECUTE decide (ARRAY[sha256('1'), sha256('2')], ARRAY[NULL, NULL]::inet[], ARRAY[1, 1])`,
    )
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(plan).toContain('Index Scan using api_keys_hash_key')
    expect(plan).toContain('Index Scan using key_last_uses_pkey')
    expect(plan).toContain('Index Scan Backward using rate_windows_pkey')
    for (const table of ['api_keys', 'key_last_uses', 'rate_windows'])
      expect(plan).not.toContain(`Seq Scan on ${table}`)
  } finally {
    await client.query('ROLLBACK')
    await client.query('DEALLOCATE decide')
    client.release()
  }
})
