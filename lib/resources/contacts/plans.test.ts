import pg from 'pg'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { MINUTE_MS } from '@/lib/base/time'
import { pool } from '@/lib/kernel/db/client'
import { contactsContract } from '@/lib/resources/contacts/contract'
import { ask } from '@/lib/testing/ask'
import { useOwnDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'

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

const statement = z.looseObject({ text: z.string(), values: z.array(z.unknown()) })

/** The statement that a call of the list sends to the table of contacts. */
async function statementOf(query: Record<string, string>) {
  const sent = vi.spyOn(pg.Client.prototype, 'query')
  try {
    await ask(list, { key, query })
    const statements = sent.mock.calls.flatMap(([first]: unknown[]) => statement.safeParse(first).data ?? [])
    const onContacts = statements.filter(({ text }) => text.includes('FROM "public"."contacts"'))
    expect(onContacts).toHaveLength(1)
    return onContacts[0]
  } finally {
    sent.mockRestore()
  }
}

async function planOf(query: Record<string, string>, settings: string[] = []): Promise<string> {
  const sent = await statementOf(query)
  const client = await pool().connect()
  try {
    await client.query('BEGIN')
    for (const setting of settings) await client.query(`SET LOCAL ${setting}`)
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sent?.text}`, sent?.values)
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
}

const NO_SCAN_OF_ALL = ['enable_seqscan = off']

describe('the trigram index', () => {
  test.each([
    ['part of an email', { q: 'p19999' }],
    ['part of it in capitals', { q: 'P19999' }],
    ['the name of a company', { company: 'Company 77' }],
    ['part of an email, sorted otherwise', { q: 'p19999', sort: 'email' }],
  ])('finds %s', async (_, query) => {
    expect(await planOf(query, NO_SCAN_OF_ALL)).toContain('Bitmap Index Scan on contacts_search_trgm')
  })
})

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

  test('serves an email, and what was created after an instant', async () => {
    expect(await planOf({ email: 'p7@example.com' })).toContain('contacts_organization_id_environment_email_key')
    const created_after = new Date(Date.now() - MINUTE_MS).toISOString()
    expect(await planOf({ created_after })).toMatch(/created_at_id_idx[\s\S]*Index Cond: [^\n]*created_at > /)
  })
})
