import { beforeAll, describe, expect, test } from 'vitest'
import { pool } from '@/lib/kernel/db/client'
import { inBulkTransaction } from '@/lib/kernel/db/transaction'
import { projectsContract } from '@/lib/resources/projects/contract'
import { recordsContract } from '@/lib/resources/projects/records/contract'
import { ask, refusal, send } from '@/lib/testing/ask'
import { useOwnDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'
import { sentBy } from '@/lib/testing/statements'

/** A project of a million records is listed as one of ten thousand is; what one call writes has an end. */

useOwnDatabase()

const { list } = recordsContract.operations
const projects = projectsContract.operations

const FIELDS = [
  { key: 'stage', type: 'enum', values: ['planned', 'under way', 'done'], indexed: true },
  { key: 'due_on', type: 'date', indexed: true },
  { key: 'cost', type: 'number', indexed: true },
  { key: 'note', type: 'text' },
]

let key = ''
const ids = { small: '', changed: '', removed: '', large: '' }
const SIZES = { small: 10_000, changed: 25_000, removed: 100_000, large: 1_000_000 }

const makeProject = async () => (await ask(projects.create, { key, body: { name: 'Move', fields: FIELDS } })).id

/** With the keys that the trigger would make, row by row. */
const fill = (organization_id: string, project_id: string, size: number) =>
  inBulkTransaction(async (db) => {
    await db.$executeRawUnsafe('ALTER TABLE records DISABLE TRIGGER USER')
    await db.$executeRawUnsafe(
      `INSERT INTO records (id, organization_id, environment, project_id, data, key_1, key_2, key_3, created_at, updated_at)
       SELECT gen_random_uuid(), $1::uuid, 'live', $2::uuid, data, record_key(data -> 'stage'), record_key(data -> 'due_on'),
              record_key(data -> 'cost'), now() - i * interval '1 second', now() - i % 777 * interval '1 minute'
       FROM generate_series(1, $3::int) AS i,
         LATERAL jsonb_build_object('stage', (ARRAY['planned', 'under way', 'done'])[1 + i % 3],
           'due_on', '2027-01-01'::date + i % 700, 'cost', i % 5000, 'note', 'Note ' || i) AS data`,
      organization_id,
      project_id,
      size,
    )
    await db.$executeRawUnsafe('ALTER TABLE records ENABLE TRIGGER USER')
  })

beforeAll(async () => {
  const organization = await makeOrganization()
  key = (await makeKey(organization, { scopes: ['admin'] })).key
  for (const name of ['small', 'changed', 'removed', 'large'] as const) {
    const id = await makeProject()
    ids[name] = id
    await fill(organization.id, id, SIZES[name])
  }
  await inBulkTransaction((db) => db.$executeRawUnsafe('ANALYZE records'))
}, 600_000)

const buffers = /Buffers: shared (?:hit=(\d+))?(?: read=(\d+))?/

/** Pages of 8 kB that the statement of a list looks at. */
async function pagesOf(id: string, query: Record<string, string>): Promise<number> {
  const sent = await sentBy(() => ask(list, { key, params: { id }, query }))
  const statement = sent.find(({ text }) => text.includes('project_id') && text.startsWith('\n    SELECT row_to_json'))
  const { rows } = await pool().query(`EXPLAIN (ANALYZE, BUFFERS) ${statement?.text}`, statement?.values)
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
  const [, hit = '0', read = '0'] = buffers.exec(plan) ?? []
  return Number(hit) + Number(read)
}

const QUERIES: Record<string, string>[] = [
  {},
  { sort: '-updated_at' },
  { 'data.stage': 'done' },
  { 'data.cost': '4711' },
  { 'data.stage': '' },
  { sort: 'data.due_on' },
  { sort: '-data.cost' },
  { sort: 'data.cost', 'data.cost.from': '4000' },
  { sort: '-data.due_on', 'data.due_on.to': '2027-06-01' },
]

test.each(QUERIES)('a page by %j costs no more at a million', async (query) => {
  const [small, large] = [await pagesOf(ids.small, query), await pagesOf(ids.large, query)]
  // The 26 rows of a page may lie on as many pages of the table, where a small project has fewer of them.
  expect(large).toBeLessThanOrEqual(small * 1.5 + 26)
})

describe('one call', () => {
  const without = FIELDS.filter((field) => field.key !== 'stage')
  const wide = [...FIELDS.slice(0, 3), { key: 'note', type: 'text', indexed: true }]
  const call = (id: string, fields: object[]) => ({ key, params: { id }, body: { fields, on_conflict: 'clear' } })

  test('counts a million records that would no longer do', async () => {
    const { records } = await ask(projects.checkFields, { key, params: { id: ids.large }, body: { fields: without } })
    expect(records).toBe(SIZES.large)
  })

  test('clears and indexes as many records as it may, and refuses more', async () => {
    for (const fields of [wide, without]) await ask(projects.setFields, call(ids.changed, fields))
    for (const fields of [wide, without]) {
      expect((await refusal(projects.setFields, call(ids.removed, fields))).code).toBe('in_use')
    }
  })

  test('deletes a project of as many records as it may, and none of more', async () => {
    expect((await send(projects.delete, { key, params: { id: ids.removed } })).status).toBe(204)
    expect((await refusal(projects.delete, { key, params: { id: ids.large } })).code).toBe('in_use')
  })
})
