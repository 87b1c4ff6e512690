import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { AuditFilters } from '@/lib/kernel/audit/contract'
import type { WhichLog } from '@/lib/kernel/audit/read/conditions'
import { readEntries } from '@/lib/kernel/audit/read/entries'
import { pageOfLog } from '@/lib/kernel/audit/read/page'
import { portionsOfLog } from '@/lib/kernel/audit/read/portions'
import { pool, prisma } from '@/lib/kernel/db/client'
import { useOwnDatabase } from '@/lib/testing/database'
import { makeOrganization } from '@/lib/testing/fixtures'
import { plansOf } from '@/lib/testing/plans'
import { sentBy } from '@/lib/testing/statements'
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

test('a key is read from three indexes, each in its order', async () => {
  const plan = await planOf({ organization_id }, { key: 'key-3' })
  for (const index of ['audit_entries_actor_idx', 'audit_entries_target_idx', 'audit_entries_successor_idx'])
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

/** Entries that a page reads of an index, one after the other, before it is ended. */
const LOOKED_AT = 5_000

type Node = {
  'Node Type': string
  'Actual Rows': number
  'Rows Removed by Filter'?: number
  'Actual Loops': number
  'Relation Name'?: string
  Plans?: Node[]
}

const explained = z.tuple([z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: z.custom<Node>() })]) })])

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

/** How many entries the statements of a page have visited, of all nodes that read them the one that has visited most. */
async function visitedBy(log: WhichLog, filters: AuditFilters) {
  const asked = { log, filters, direction: 'desc', after: null, limit: 26 } as const
  const sent = (await sentBy(() => readEntries(prisma(), asked))).filter(({ text }) => text.includes('audit_entries'))
  const nodes: Node[] = []
  for (const { text, values } of sent) {
    const { rows } = await pool().query(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values)
    const [
      {
        'QUERY PLAN': [{ Plan }],
      },
    ] = explained.parse(rows)
    nodes.push(...nodesOf(Plan).filter((node) => node['Relation Name'] === 'audit_entries'))
  }
  expect(
    nodes.map((node) => node['Node Type']).filter((type) => type.includes('Seq') || type.includes('Bitmap')),
  ).toEqual([])
  return Math.max(
    ...nodes.map((node) => (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']),
  )
}

/** Each is frequent alone; together there are none, as far down as the log goes. */
const BUSY: Record<string, AuditFilters> = {
  'who and what': { actor: 'busy', action: 'api_key.deleted' },
  'who and to what': { actor: 'busy', target: 'key-busy' },
  'what and to what': { action: 'api_key.deleted', target: 'key-busy' },
  'who, what and to what': { actor: 'busy', action: 'api_key.deleted', target: 'key-busy' },
  'a key and what': { key: 'key-busy', action: 'api_key.deleted' },
  'who, what and when': { actor: 'busy', action: 'api_key.deleted', after: new Date(0), before: new Date() },
}

describe('a page narrowed in several ways, of which each is frequent and all together are none,', () => {
  let busy = ''
  beforeAll(async () => {
    busy = (await makeOrganization()).id
    await withoutLimits(async (client) => {
      await client.query(
        `INSERT INTO audit_entries (id, organization_id, at, actor_kind, actor_label, action, target_kind, target_label, environment)
         SELECT gen_random_uuid(), $1, now() - n * interval '1 minute', 'member', CASE n % 3 WHEN 0 THEN 'busy' ELSE 'other' END,
           CASE n % 3 WHEN 1 THEN 'api_key.deleted' ELSE 'api_key.updated' END, 'api_key',
           CASE n % 3 WHEN 2 THEN 'key-busy' ELSE 'key-other' END, 'test'
         FROM generate_series(1, $2::int) n`,
        [busy, ROWS],
      )
      await client.query('VACUUM ANALYZE audit_entries')
    })
  }, 60_000)

  test.each(Object.entries(BUSY))('by %s, visits no more than thousands of entries', async (_, filters) => {
    expect(await visitedBy({ organization_id: busy }, filters)).toBeLessThanOrEqual(LOOKED_AT)
  })

  test('by the environment of a key, too', async () => {
    expect(await visitedBy({ organization_id: busy, environment: 'live' }, {})).toBeLessThanOrEqual(LOOKED_AT)
    const narrowed = await visitedBy({ organization_id: busy, environment: 'test' }, { action: 'api_key.created' })
    expect(narrowed).toBeLessThanOrEqual(LOOKED_AT)
  })

  test('says that it is incomplete, and its cursors lead through the log to what there is', async () => {
    const oldest = {
      at: new Date(0),
      actor_kind: 'member',
      actor_label: 'busy',
      action: 'api_key.deleted',
      target_kind: 'api_key',
    }
    const { id } = await prisma().auditEntry.create({
      data: { ...oldest, organization_id: busy, target_label: 'key-busy' },
    })
    const log = { organization_id: busy }
    const asked = {
      actor: 'busy',
      action: 'api_key.deleted',
      sort: [{ field: 'at', direction: 'desc' }],
      limit: 25,
    } as const
    const found: string[] = []
    const incomplete: boolean[] = []
    let cursor: string | undefined
    do {
      const page = await pageOfLog(prisma(), log, { ...asked, sort: [...asked.sort], cursor })
      found.push(...page.data.map((entry) => entry.id))
      incomplete.push(page.incomplete === true)
      cursor = page.next_cursor ?? undefined
    } while (cursor)
    expect(found).toEqual([id])
    expect(incomplete).toEqual([true, true, false])
    const exported: string[] = []
    const { sort: _, limit: __, ...filters } = asked
    for await (const portion of portionsOfLog(prisma(), log, filters))
      exported.push(...portion.map((entry) => entry.id))
    expect(exported).toEqual([id])
  })

  test('is whole where one of the ways is rare, however frequent the others are', async () => {
    const rare = {
      organization_id: busy,
      actor_kind: 'member',
      actor_label: 'rare',
      action: 'api_key.updated',
      target_kind: 'api_key',
      target_label: 'key-busy',
      at: new Date(1),
    }
    const { id } = await prisma().auditEntry.create({ data: rare })
    const filters = { actor: 'rare', action: 'api_key.updated', target: 'key-busy' } as const
    const asked = { log: { organization_id: busy }, filters, direction: 'desc', after: null, limit: 26 } as const
    const { entries, looked_to } = await readEntries(prisma(), asked)
    expect([entries.map((entry) => entry.id), looked_to]).toEqual([[id], null])
  })
})
