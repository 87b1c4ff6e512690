import { beforeAll, expect, test } from 'vitest'
import type { AuditFilters } from '@/lib/kernel/audit/contract'
import type { WhichLog } from '@/lib/kernel/audit/read/conditions'
import { readEntries } from '@/lib/kernel/audit/read/entries'
import { prisma } from '@/lib/kernel/db/client'
import { useOwnDatabase } from '@/lib/testing/database'
import { makeOrganization } from '@/lib/testing/fixtures'
import { plansOf } from '@/lib/testing/plans'
import { withoutLimits } from '@/lib/testing/without-limits'

useOwnDatabase()

const ROWS = 40_000
let organization_id = ''

beforeAll(async () => {
  organization_id = (await makeOrganization()).id
  await withoutLimits(async (client) => {
    await client.query(
      `INSERT INTO audit_entries (id, organization_id, at, actor_kind, actor_label, action, target_kind, target_id, target_label, environment)
       SELECT gen_random_uuid(), CASE n % 10 WHEN 0 THEN NULL ELSE $1::uuid END, now() - n * interval '1 minute', 'member',
         'person-' || n % 40, CASE n % 7 WHEN 0 THEN 'api_key.created' ELSE 'api_key.updated' END, 'api_key', gen_random_uuid(),
         'key-' || n % 50, CASE n % 400 WHEN 1 THEN 'test' WHEN 2 THEN NULL ELSE 'live' END::environment
       FROM generate_series(1, $2::int) n`,
      [organization_id, ROWS],
    )
    await client.query('VACUUM ANALYZE audit_entries')
  })
}, 60_000)

const planOf = async (log: WhichLog, filters: AuditFilters = {}) =>
  (
    await plansOf(
      () => readEntries(prisma(), { log, filters, direction: 'desc', after: null, limit: 26 }),
      'audit_seals',
    )
  ).join('\n')

const CASES: [string, AuditFilters, string][] = [
  ['nothing', {}, 'audit_entries_organization_id_at_id_idx'],
  ['who', { actor: 'person-3' }, 'audit_entries_actor_idx'],
  ['what', { action: 'api_key.created' }, 'audit_entries_action_idx'],
  ['to what, by its label', { target: 'key-3' }, 'audit_entries_target_idx'],
  [
    'to what, by its id',
    { target: '0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c' },
    'audit_entries_organization_id_target_id_at_id_idx',
  ],
  ['when', { after: new Date(Date.now() - 3_600_000) }, 'audit_entries_organization_id_at_id_idx'],
]

test.each(CASES)('a page narrowed by %s is read in its order from an index', async (_, filters, index) => {
  const plan = await planOf({ organization_id }, filters)
  expect(plan).toContain(`Index Scan Backward using ${index} on audit_entries`)
  expect(plan).not.toMatch(/Seq Scan on audit_entries|Bitmap/)
})

test('a key is read from two indexes, each in its order', async () => {
  const plan = await planOf({ organization_id }, { key: 'key-3' })
  for (const index of ['audit_entries_actor_idx', 'audit_entries_target_idx'])
    expect(plan).toContain(`Backward using ${index}`)
  expect(plan).not.toMatch(/Seq Scan on audit_entries|Bitmap/)
})

test('a test key reads the sandbox from an index of its own', async () => {
  expect(await planOf({ organization_id, environment: 'test' })).toContain('audit_entries_sandbox_idx')
})

test.each([
  [{}, 'audit_entries_platform_idx'],
  [{ actor: 'person-3' }, 'audit_entries_platform_actor_idx'],
  [{ action: 'api_key.created' as const }, 'audit_entries_platform_action_idx'],
  [{ target: 'key-10' }, 'audit_entries_platform_target_idx'],
])('the log of the platform, narrowed by %j, is read from an index of its own', async (filters, index) => {
  const plan = await planOf('platform', filters)
  expect(plan).toContain(index)
  expect(plan).not.toMatch(/Seq Scan on audit_entries/)
})
