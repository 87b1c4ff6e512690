import { beforeAll, describe, expect, test } from 'vitest'
import { MINUTE_MS } from '@/lib/base/time'
import { pool } from '@/lib/kernel/db/client'
import { contactsContract } from '@/lib/resources/contacts/contract'
import { ask } from '@/lib/testing/ask'
import { useOwnDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'
import { explainPlan } from '@/lib/testing/plans'
import { sentBy } from '@/lib/testing/statements'

/** How Postgres carries out the very statements that the list sends, on a table that is worth an index. */

useOwnDatabase()

const ROWS = 20_000
const { list } = contactsContract.operations

let key = ''

beforeAll(async () => {
  const organization = await makeOrganization()
  key = (await makeKey(organization, { scopes: ['contacts:read'] })).key
  await pool().query(
    `INSERT INTO contacts (id, organization_id, environment, email, first_name, company, created_at, updated_at)
     SELECT gen_random_uuid(), $1, 'live', 'p' || i || '@example.com', 'First' || i % 500, 'Company ' || i % 1000,
            now() - i * interval '1 second', now() - i % 777 * interval '1 minute'
     FROM generate_series(1, $2::int) AS i`,
    [organization.id, ROWS],
  )
  await pool().query('ANALYZE contacts')
})

async function planOf(query: Record<string, string>): Promise<string> {
  const statements = (await sentBy(() => ask(list, { key, query }))).filter(({ text }) => text.includes('"contacts" t'))
  expect(statements).toHaveLength(1)
  return (await Promise.all(statements.map(explainPlan))).join()
}

describe('an index in the order of the list', () => {
  const SORTS = [
    ['-created_at', 'contacts_organization_id_environment_created_at_id_idx'],
    ['updated_at', 'contacts_organization_id_environment_updated_at_id_idx'],
    ['email', 'contacts_organization_id_environment_email_key'],
  ] as const

  test.each(SORTS)('serves the first page by %s', async (sort, index) => {
    expect(await planOf({ sort })).toContain(index)
  })

  test.each(SORTS)('starts at the position of a cursor by %s', async (sort, index) => {
    const { next_cursor } = await ask(list, { key, query: { sort, limit: '100' } })
    const plan = await planOf({ sort, cursor: next_cursor ?? '' })
    const column = sort.replace('-', '')
    expect(plan).toMatch(new RegExp(`${index}[\\s\\S]*Index Cond: [^\\n]*${column} [<>]=`))
  })

  test('serves the whole name of a company, and goes on behind a cursor', async () => {
    const index = 'contacts_organization_id_environment_company_created_at_id_idx'
    const first = { company: 'Company 77', limit: '5' }
    expect(await planOf(first)).toContain(index)
    const { data, next_cursor } = await ask(list, { key, query: first })
    const next = await ask(list, { key, query: { ...first, cursor: next_cursor ?? '' } })
    expect(new Set([...data, ...next.data].map(({ email }) => email)).size).toBe(10)
  })

  test('serves an email, and what was created after an instant', async () => {
    expect(await planOf({ email: 'p7@example.com' })).toContain('contacts_organization_id_environment_email_key')
    const created_after = new Date(Date.now() - MINUTE_MS).toISOString()
    expect(await planOf({ created_after })).toMatch(/created_at_id_idx[\s\S]*Index Cond: [^\n]*created_at > /)
  })

  test('starts at what was created after an instant, where the order is that of changes', async () => {
    const created_after = new Date(Date.now() - MINUTE_MS).toISOString()
    expect(await planOf({ created_after, sort: 'updated_at' })).toMatch(/Index Cond: [^\n]*updated_at > /)
  })

  // At a million rows: 0.2 ms along the order, 400 ms where the 50,000 that meet the filter are read and sorted.
  test('is weighed by Postgres where a filter narrows the list, and taken where nothing does', async () => {
    const dear = async (query: Record<string, string>) =>
      (await sentBy(() => ask(list, { key, query }))).some(({ text }) => text.includes('by_index'))
    const created_after = new Date(Date.now() - MINUTE_MS).toISOString()
    expect(await dear({ created_after, sort: 'email' })).toBe(false)
    expect(await dear({ sort: 'email' })).toBe(true)
  })
})
