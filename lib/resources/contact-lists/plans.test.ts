import { beforeAll, expect, test } from 'vitest'
import { pool } from '@/lib/kernel/db/client'
import { callApi } from '@/lib/testing/call'
import { useOwnDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'
import { sentBy } from '@/lib/testing/statements'

/** What stands on a list, or runs through a sequence or a flow, is read in its order: however much that is. */

useOwnDatabase()

const MANY = 5_000

let key: string
let lists: Record<string, string>

beforeAll(async () => {
  const organization = await makeOrganization()
  key = (await makeKey(organization, { scopes: ['admin'] })).key
  const tenant = [organization.id, 'live']
  const ids = await Promise.all(
    ['contact_lists', 'account_lists', 'sequences', 'flows'].map(async (table) => {
      const more =
        table === 'flows' ? { columns: ', event', values: `, 'contact.created'` } : { columns: '', values: '' }
      const { rows } = await pool().query<{ id: string }>(
        `INSERT INTO ${table} (id, organization_id, environment, name${more.columns})
         VALUES (gen_random_uuid(), $1, $2, 'Everybody'${more.values}) RETURNING id`,
        tenant,
      )
      return [table, rows[0]?.id ?? ''] as const
    }),
  )
  lists = Object.fromEntries(ids)
  await pool().query(
    `WITH made AS (
       INSERT INTO contacts (id, organization_id, environment, email)
       SELECT gen_random_uuid(), $1, $2, 'c' || i || '@acme.test' FROM generate_series(1, ${MANY}) i RETURNING *
     ), listed AS (
       INSERT INTO contact_list_members (organization_id, environment, list_id, contact_id) SELECT $1, $2, $3, id FROM made
     ), enrolled AS (
       INSERT INTO enrollments (id, organization_id, environment, sequence_id, contact_id)
       SELECT gen_random_uuid(), $1, $2, $4, id FROM made
     )
     INSERT INTO enrollments (id, organization_id, environment, flow_id, contact_id)
     SELECT gen_random_uuid(), $1, $2, $5, id FROM made`,
    [...tenant, lists.contact_lists, lists.sequences, lists.flows],
  )
  await pool().query(
    `INSERT INTO accounts (id, organization_id, environment, list_id, name, domain)
     SELECT gen_random_uuid(), $1, $2, $3, 'Acme', 'c' || i || '.test' FROM generate_series(1, ${MANY}) i`,
    [...tenant, lists.account_lists],
  )
  await pool().query('VACUUM ANALYZE')
})

test.each([
  ['contact_lists', 'contacts', 'contact_list_members'],
  ['account_lists', 'accounts', 'accounts'],
  ['sequences', 'enrollments', 'enrollments'],
  ['sequences', 'enrollments?status=active', 'enrollments'],
  ['flows', 'runs', 'enrollments'],
  ['flows', 'runs?status=active', 'enrollments'],
])('/%s/{id}/%s is served by one index, and sorts nothing', async (list, below, table) => {
  const sent = await sentBy(() => callApi(`/${list}/${lists[list]}/${below}`, { key }))
  const [statement, ...others] = sent.filter(({ text }) => text.includes(table) && text.includes('row_to_json'))
  expect(others).toEqual([])
  const { rows } = await pool().query<{ 'QUERY PLAN': string }>(`EXPLAIN (GENERIC_PLAN) ${statement?.text}`)
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
  expect(plan).toMatch(
    new RegExp(`Index (Only )?Scan.* using ${table}_organization_id_environment_(list|sequence|flow)_id_`),
  )
  expect(plan).not.toMatch(/Sort|Bitmap|Seq Scan/)
})
