import { beforeAll, describe, expect, test } from 'vitest'
import { pool } from '@/lib/kernel/db/client'
import { REMOVING } from '@/lib/kernel/db/remove-old'
import { inBulkTransaction } from '@/lib/kernel/db/transaction'
import { useOwnDatabase } from '@/lib/testing/database'
import { makeKey, makeMember, makeOrganization } from '@/lib/testing/fixtures'
import { explainPlan } from '@/lib/testing/plans'
import { sentBy } from '@/lib/testing/statements'
import { makeWebhook } from '@/lib/testing/webhooks'
import { withoutLimits } from '@/lib/testing/without-limits'
import { CHORES } from '@/lib/work/housekeeping/chores'

useOwnDatabase()

const STAY = 20_000
/** More than a batch. Of playground keys, each of which takes an audit entry, fewer are one. */
const overOf = (table: string) => (table === 'api_keys' ? 207 : 2_007)

/** A table, and rows of it that end at `ends`, numbered by `n`. */
const ROWS: Record<keyof typeof CHORES, [string, string]> = {
  remove_old_records: [
    'idempotency_records',
    `(lineage_id, key, fingerprint, expires_at) SELECT gen_random_uuid(), 'k', '', ends`,
  ],
  remove_old_usage: [
    'key_usage',
    `(key_id, hour, scope, outcome, calls) SELECT given.key, ends - interval '90 days', n::text, 'succeeded', 1`,
  ],
  remove_old_playground_keys: [
    'api_keys',
    `(id, organization_id, lineage_id, environment, name, key_prefix, hash, playground, created_at, expires_at)
     SELECT gen_random_uuid(), given.organization, gen_random_uuid(), 'test', 'k', 'p', sha256(n::text::bytea), ends < now(),
       ends - interval '25 hours', ends - interval '24 hours'`,
  ],
  remove_old_resets: [
    'password_resets',
    `(token_hash, user_id, expires_at) SELECT sha256(n::text::bytea), given.person, ends`,
  ],
  remove_old_sessions: ['sessions', `(id, user_id, expires_at) SELECT gen_random_uuid(), given.person, ends`],
  remove_old_mail_counts: ['mail_counts', `(key, mails, ends_at) SELECT n::text, 1, ends`],
  remove_old_windows: [
    'rate_windows',
    `(lineage_id, second, used, counts)
     SELECT gen_random_uuid(), extract(epoch FROM ends - interval '1 day'), 0, array_fill(0, ARRAY[61])`,
  ],
  remove_old_deliveries: [
    'webhook_deliveries',
    `(id, organization_id, environment, webhook_id, event_id, type, body)
     SELECT (lpad(to_hex((extract(epoch FROM ends - interval '30 days') * 1000)::bigint), 12, '0') || lpad(to_hex(n), 20, '0'))::uuid,
       given.organization, 'live', given.webhook, gen_random_uuid(), 'lead.created', '{}'`,
  ],
  remove_old_notices: [
    'notices',
    `(id, user_id, organization_id, kind, as_maker, details, at)
     SELECT gen_random_uuid(), given.person, given.organization, 'key_created', false, '{}', ends - interval '90 days'`,
  ],
}

const countOf = async (table: string): Promise<number> =>
  (await pool().query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`)).rows[0]?.count ?? 0

beforeAll(async () => {
  const organization = await makeOrganization()
  const { id } = await makeKey(organization)
  const { user } = await makeMember(organization)
  const webhook = await makeWebhook(organization, { url: 'https://example.com/hooks' })
  await withoutLimits(async (client) => {
    for (const [table, rows] of Object.values(ROWS)) {
      await client.query(
        `WITH given (key, organization, person, webhook) AS (VALUES ($1::uuid, $2::uuid, $3::uuid, $6::uuid))
         INSERT INTO ${table} ${rows} FROM given, (
           SELECT n, now() + CASE WHEN n <= $4::int THEN -1 ELSE 1 END * n * interval '1 minute' AS ends
           FROM generate_series(1, $4::int + $5::int) AS n
         ) AS numbered`,
        [id, organization.id, user.id, overOf(table), STAY, webhook.id],
      )
    }
    await client.query('VACUUM ANALYZE')
  })
}, 60_000)

test('every chore is tested here', () => {
  expect(Object.keys(ROWS)).toEqual(Object.keys(CHORES))
})

describe.each(Object.entries(CHORES))('%s', (name, chore) => {
  const [table = ''] = Object.entries(ROWS).find(([chore]) => chore === name)?.[1] ?? []

  test('does nothing while another process removes', async () => {
    const there = await countOf(table)
    await inBulkTransaction(async (db) => {
      await db.$queryRaw`SELECT pg_advisory_xact_lock(${REMOVING}::bigint)::text`
      await chore()
    })
    expect(await countOf(table)).toBe(there)
  })

  test('removes by an index what is over, in batches, and nothing else', async () => {
    const there = await countOf(table)
    const statements = (await sentBy(chore)).filter(({ text }) => text.includes(table))
    expect(statements.length).toBeGreaterThan(1)
    const plans = await Promise.all(statements.map(explainPlan))
    expect(plans.join('\n')).not.toContain(`Seq Scan on ${table}`)
    // A bound that the index does not know is a filter, for which all of it is read.
    expect(plans.join('\n')).not.toMatch(/Filter: .*clock_timestamp/)
    // Windows are gone through in parts, from a place that chance names.
    for (let times = 0; times < 50 && there - (await countOf(table)) < overOf(table); times++) await chore()
    expect(there - (await countOf(table))).toBe(overOf(table))
    await chore()
    expect(there - (await countOf(table))).toBe(overOf(table))
  }, 60_000)
})
