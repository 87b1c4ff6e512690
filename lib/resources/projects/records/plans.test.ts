import { beforeAll, describe, expect, test } from 'vitest'
import { pool } from '@/lib/kernel/db/client'
import { projectsContract } from '@/lib/resources/projects/contract'
import { recordsContract } from '@/lib/resources/projects/records/contract'
import { ask } from '@/lib/testing/ask'
import { useOwnDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'
import { plansOf } from '@/lib/testing/plans'

/** How Postgres carries out the very statements that the list sends, on a table that is worth an index. */

useOwnDatabase()

const ROWS = 20_000
const { list } = recordsContract.operations

const FIELDS = [
  { key: 'stage', type: 'enum', values: ['planned', 'under way', 'done'], indexed: true },
  { key: 'due_on', type: 'date', indexed: true },
  { key: 'cost', type: 'number', indexed: true },
]

let key = ''
let id = ''
beforeAll(async () => {
  const organization = await makeOrganization()
  key = (await makeKey(organization, { scopes: ['admin'] })).key
  const body = { name: 'Move', fields: FIELDS }
  id = (await ask(projectsContract.operations.create, { key, body })).id
  const other = (await ask(projectsContract.operations.create, { key, body })).id
  await pool().query(
    `INSERT INTO records (id, organization_id, environment, project_id, data, created_at, updated_at)
     SELECT gen_random_uuid(), $1, 'live', (ARRAY[$2, $3]::uuid[])[1 + i % 2],
            jsonb_build_object('stage', (ARRAY['planned', 'under way', 'done'])[1 + i % 3],
              'due_on', '2027-01-01'::date + i % 700, 'cost', i % 5000),
            now() - i * interval '1 second', now() - i % 777 * interval '1 minute'
     FROM generate_series(1, $4::int) AS i`,
    [organization.id, id, other, ROWS],
  )
  await pool().query('ANALYZE records')
}, 60_000)

/** Of the one statement that reads records. */
async function planOf(query: Record<string, string>): Promise<string> {
  const [plan = '', ...more] = await plansOf(() => ask(list, { key, params: { id }, query }), 'project_id')
  expect(more).toEqual([])
  return plan
}

const LISTS = [
  ['the newest of a value', { 'data.stage': 'done' }, 'records_key_1'],
  ['the newest of a rare value', { 'data.cost': '4712' }, 'records_key_3'],
  ['an order', { sort: 'data.due_on' }, 'records_key_2'],
  ['an order turned round', { sort: '-data.cost' }, 'records_key_3'],
  ['an order within bounds', { sort: 'data.cost', 'data.cost.from': '10', 'data.cost.to': '2000' }, 'records_key_3'],
  ['an order before a bound', { sort: '-data.due_on', 'data.due_on.to': '2027-02-01' }, 'records_key_2'],
] as const

describe('an index in the order of the list', () => {
  test.each(LISTS)('serves %s, and goes on behind a cursor', async (_, query, index) => {
    const { next_cursor } = await ask(list, { key, params: { id }, query: { ...query, limit: '1' } })
    const first = await planOf(query)
    const next = await planOf({ ...query, limit: '1', cursor: next_cursor ?? '' })
    for (const plan of [first, next]) {
      expect(plan).toMatch(new RegExp(`Index Scan.* using ${index} on records`))
      expect(plan).not.toMatch(/Sort|Seq Scan/)
    }
    // Where it begins is found, too.
    expect(next).toMatch(/Index Cond: .*key_\d/)
    if (Object.keys(query).some((name) => name !== 'sort')) expect(first).toMatch(/Index Cond: .*key_\d/)
  })

  test('serves the newest, and what changed last', async () => {
    expect(await planOf({})).toContain('records_created_at')
    expect(await planOf({ sort: '-updated_at' })).toContain('records_updated_at')
  })
})

test('a project without an indexed field keeps none of its records in an index of keys', async () => {
  const body = { name: 'Plain', fields: [{ key: 'note', type: 'text' }] }
  const plain = (await ask(projectsContract.operations.create, { key, body })).id
  const sent = { key, params: { id: plain }, body: { data: { note: 'x' } } }
  const made = await ask(recordsContract.operations.create, sent)
  const { rows } = await pool().query(
    'SELECT num_nulls(key_1, key_2, key_3, key_4, key_5) AS free FROM records WHERE id = $1',
    [made.id],
  )
  expect(rows).toEqual([{ free: 5 }])
})
