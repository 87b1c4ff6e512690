import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { sealOn } from '@/lib/kernel/audit/chain/seal-on'
import { verifyChain } from '@/lib/kernel/audit/chain/verify'
import type { AuditFilters } from '@/lib/kernel/audit/contract'
import { readEntries } from '@/lib/kernel/audit/read/entries'
import { pool, prisma, workerPrisma } from '@/lib/kernel/db/client'
import { useOwnDatabase } from '@/lib/testing/database'
import { makeOrganization } from '@/lib/testing/fixtures'
import { sentBy } from '@/lib/testing/statements'
import { withoutLimits } from '@/lib/testing/without-limits'

useOwnDatabase()

const MANY = 1_000_000
const FEW = 10_000
const organizations = { many: '', few: '' }

/** Entries as keys and people leave them, of forty people, fifty keys and two actions. */
const fill = (organization_id: string, rows: number) =>
  withoutLimits((client) =>
    client.query(
      `INSERT INTO audit_entries (id, organization_id, at, actor_kind, actor_id, actor_label, action, target_kind, target_id,
         target_label, environment, sequence, before, after, address, user_agent, request_id)
       SELECT gen_random_uuid(), $1, now() - n * interval '1 second', 'member', gen_random_uuid(), 'person-' || n % 40,
         CASE n % 2 WHEN 0 THEN 'api_key.created' ELSE 'api_key.updated' END, 'api_key', gen_random_uuid(), 'key-' || n % 50,
         'live', n, '{"name":"before","scopes":["contacts:read"]}', '{"name":"after","scopes":["contacts:read","tasks:read"]}',
         '203.0.113.' || n % 250, 'Mozilla/5.0 (X11; Linux x86_64)', 'req-' || n
       FROM generate_series(1, $2::int) n`,
      [organization_id, rows],
    ),
  )

beforeAll(async () => {
  organizations.many = (await makeOrganization()).id
  organizations.few = (await makeOrganization()).id
  await fill(organizations.few, FEW)
  await fill(organizations.many, MANY)
  await withoutLimits((client) => client.query('VACUUM ANALYZE audit_entries'))
  while (await sealOn(workerPrisma())) {}
  await withoutLimits((client) => client.query('VACUUM ANALYZE audit_seals'))
}, 900_000)

test('a million entries are verified within a minute', async () => {
  const began = performance.now()
  const verified = await verifyChain({ chain_id: organizations.many })
  const seconds = (performance.now() - began) / 1_000
  expect(verified).toMatchObject({ entries: MANY, waiting: 0, fault: null })
  expect(seconds).toBeLessThan(60)
}, 300_000)

const plan = z.tuple([
  z.object({
    'QUERY PLAN': z.tuple([
      z.object({ Plan: z.object({ 'Shared Hit Blocks': z.int(), 'Shared Read Blocks': z.int() }) }),
    ]),
  }),
])

/** Blocks that the statements of a page read: its cost, on whatever machine. */
async function blocksOf(organization_id: string, filters: AuditFilters) {
  const asked = { log: { organization_id }, filters, direction: 'desc', after: null, limit: 26 } as const
  const sent = (await sentBy(() => readEntries(prisma(), asked))).filter(({ text }) => text.includes('audit_entries'))
  let blocks = 0
  for (const { text, values } of sent) {
    const explained = await pool().query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`, values)
    const [
      {
        'QUERY PLAN': [{ Plan }],
      },
    ] = plan.parse(explained.rows)
    blocks += Plan['Shared Hit Blocks'] + Plan['Shared Read Blocks']
  }
  return blocks
}

const FILTERS: AuditFilters[] = [
  {},
  { actor: 'person-3' },
  { action: 'api_key.created' },
  { target: 'key-3' },
  { key: 'key-3' },
  { after: new Date(Date.now() - 3_600_000) },
]

test.each(FILTERS)(
  'a page narrowed by %j costs at a million no more than half again what it costs at ten thousand',
  async (filters) => {
    const [many, few] = [await blocksOf(organizations.many, filters), await blocksOf(organizations.few, filters)]
    expect(few).toBeGreaterThan(0)
    expect(many).toBeLessThanOrEqual(few * 1.5)
  },
)

/** Of each alone there are tens of thousands at least, of the first two together none. */
const SEVERAL: AuditFilters[] = [
  { actor: 'person-3', action: 'api_key.created' },
  { action: 'api_key.created', target: 'key-3' },
  { actor: 'person-3', target: 'key-3' },
  { actor: 'person-3', action: 'api_key.created', target: 'key-3' },
  { key: 'key-3', action: 'api_key.created' },
  { actor: 'person-3', action: 'api_key.created', before: new Date(Date.now() - 3_600_000) },
]

test.each(SEVERAL)(
  'a page narrowed by %j costs at a million no more than thousands of entries, found or not',
  async (filters) => {
    expect(await blocksOf(organizations.many, filters)).toBeLessThan(15_000)
  },
)
