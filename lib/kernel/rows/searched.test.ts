import { beforeAll, describe, expect, test } from 'vitest'
import { searchedPageOf } from '@/lib/contracts/page'
import { pool } from '@/lib/kernel/db/client'
import { searchKeysQuery } from '@/lib/keys/contract'
import { searchKeys } from '@/lib/keys/read/search'
import { listMembers } from '@/lib/people/members/list'
import { platformContext } from '@/lib/people/organizations/platform-context'
import { listPlatformOrganizations } from '@/lib/people/platform/list-organizations'
import { contactRows, contactsContract } from '@/lib/resources/contacts/contract'
import { exclusionsContract } from '@/lib/resources/exclusions/contract'
import { ask, send } from '@/lib/testing/ask'
import { useOwnDatabase } from '@/lib/testing/database'
import { makeKey, makeMember, makeOrganization, operator } from '@/lib/testing/fixtures'
import { explainPlan } from '@/lib/testing/plans'
import { sentBy } from '@/lib/testing/statements'
import { withoutLimits } from '@/lib/testing/without-limits'

/** What a search finds, and how, in tables in which it is worth not to look at every row. */

useOwnDatabase()

/** Rows of each tenant. */
const ROWS = 9_900
/** More than is sorted, and all of them behind what a page looks at. */
const ANCIENT = 5_445

type Organization = Awaited<ReturnType<typeof makeOrganization>>

let big: Organization
let key = ''
let member: Awaited<ReturnType<typeof makeMember>>

const PEOPLE = `
  INSERT INTO contacts (id, organization_id, environment, email, first_name, company, created_at, updated_at)
  SELECT gen_random_uuid(), $1::uuid, 'live', 'p' || i || '@example.com',
    CASE WHEN i > $2::int * 45 / 100 THEN 'Ancient' WHEN i = 29 THEN 'Zoë' ELSE 'First' || i % 500 END,
    $3::text || i % 1000, now() - i * interval '1 second', now() FROM generate_series(1, $2::int) AS i`

const OTHERS = [
  `INSERT INTO api_keys (id, organization_id, lineage_id, environment, name, key_prefix, hash)
  SELECT gen_random_uuid(), $1::uuid, gen_random_uuid(), 'live', $3::text || i, 'lk_live_' || lpad(i::text, 6, '0'),
    sha256(($1::uuid::text || i)::bytea) FROM generate_series(1, $2::int) AS i`,
  `INSERT INTO exclusions (id, organization_id, environment, kind, value)
  SELECT gen_random_uuid(), $1::uuid, 'live', 'domain', 'd' || i || '.example' FROM generate_series(1, $2::int) AS i`,
  `WITH people AS (
    INSERT INTO users (id, email, name)
    SELECT gen_random_uuid(), 'u' || i || '@' || $1::uuid::text, 'Person ' || i FROM generate_series(1, $2::int) AS i RETURNING id
  ) INSERT INTO memberships (organization_id, user_id, role) SELECT $1::uuid, id, 'member' FROM people`,
]

async function fill({ id }: Organization, rows: number, word: string) {
  await withoutLimits(async (client) => {
    for (const sql of [PEOPLE, ...OTHERS]) {
      await client.query(sql, [id, rows, ...(sql.includes('$3') ? [word] : [])])
    }
  })
}

beforeAll(async () => {
  big = await makeOrganization()
  key = (await makeKey(big, { scopes: ['admin'] })).key
  member = await makeMember(big)
  await fill(big, ROWS, 'Company ')
  for (let other = 0; other < 2; other++) await fill(await makeOrganization(), ROWS, 'Elsewhere ')
  await pool().query(
    `INSERT INTO organizations (id, slug, name) SELECT gen_random_uuid(), 'slug-' || i, 'Name ' || i FROM generate_series(1, 5000) AS i`,
  )
  await withoutLimits((client) => client.query('VACUUM ANALYZE'))
}, 120_000)

const contacts = (query: Record<string, string>) => send(contactsContract.operations.list, { key, query })
const exclusions = (query: Record<string, string>) => send(exclusionsContract.operations.list, { key, query })
const keys = (q: string) => searchKeys(operator(big), searchKeysQuery.parse({ q }))
const members = (q: string) => listMembers(member.ctx, { q, limit: 25 })
const organizations = (q: string) => listPlatformOrganizations(platformContext(), { q, limit: 25 })

/** Searches that find nothing or little, which once looked at every row of a tenant, or of all. */
const RARE: [string, () => Promise<unknown>, RegExp][] = [
  ['two letters in contacts', () => contacts({ q: 'qx' }), /Index Scan on contacts_search/],
  ['one letter in contacts', () => contacts({ q: 'q' }), /Index Scan on contacts_search/],
  ['a word in contacts', () => contacts({ q: 'zoë' }), /Index Scan on contacts_search/],
  ['a word that only others have', () => contacts({ q: 'elsewhere' }), /Index Scan on contacts_search/],
  ['a word among old contacts', () => contacts({ q: 'Ancient' }), /Index Scan on contacts_search/],
  ['a word in contacts, by email', () => contacts({ q: 'nobody', sort: 'email' }), /Index Scan on contacts_search/],
  ['a company of contacts', () => contacts({ company: 'Qx' }), /company_created_at_id_idx/],
  ['an excluded domain', () => exclusions({ q: 'qx' }), /exclusions_organization_id_environment_kind_value_key/],
  ['two letters in keys', () => keys('qz'), /Index Scan on api_keys_search/],
  ['a word in keys', () => keys('elsewhere'), /Index Scan on api_keys_search/],
  ['a prefix of keys', () => keys('lk_live_0099'), /api_keys_organization_id_key_prefix_idx/],
  ['two letters in members', () => members('qx'), /Index Scan on users_search/],
  ['a word in members', () => members('absent'), /Index Scan on users_search/],
  ['two letters in organisations', () => organizations('qx'), /Index Scan on organizations_search/],
  ['a word in organisations', () => organizations('absent'), /Index Scan on organizations_search/],
]

describe.each(RARE)('%s', (_, search, index) => {
  test('is found by an index, and no statement reads a table from end to end', async () => {
    // What is counted of the rows that a page shows is tested beside it.
    const searches = (await sentBy(search)).filter(({ text }) => !text.includes('CROSS JOIN LATERAL'))
    const plans = await Promise.all(searches.map(explainPlan))
    expect(plans.join('\n')).toMatch(index)
    expect(plans.join('\n')).not.toMatch(/Seq Scan on (contacts|exclusions|api_keys|users|memberships|organizations)/)
  })
})

test('what stands in most rows is found on the way, without asking for all of them', async () => {
  for (const search of [
    () => contacts({ q: 'company' }),
    () => contacts({ q: 'fi' }),
    () => contacts({ q: 'example.com' }),
  ]) {
    const sent = await sentBy(search)
    expect(sent.filter(({ text }) => text.includes('by_index'))).toEqual([])
  }
})

describe('a page of a search', () => {
  const { list } = contactsContract.operations
  const searched = { ...list, reply: { schema: searchedPageOf(contactRows.row) } }
  const page = (query: Record<string, string>) => ask(searched, { key, query: { limit: '100', ...query } })

  test('has all that is rare, wherever it stands', async () => {
    const { data, has_more, incomplete } = await page({ q: 'zoë' })
    expect(data.map(({ first_name }) => first_name)).toEqual(['Zoë'])
    expect([has_more, incomplete]).toEqual([false, undefined])
    expect((await page({ q: `p${ROWS - 3}@` })).data).toHaveLength(1)
  })

  test('has what one or two letters begin, not what they stand within', async () => {
    expect((await page({ q: 'zo' })).data.map(({ first_name }) => first_name)).toEqual(['Zoë'])
    expect((await page({ q: 'oë' })).data).toEqual([])
    expect((await page({ q: 'Z' })).data).toHaveLength(1)
  })

  test('of signs alone, which no index knows, looks at a part of the list and says so', async () => {
    const { data, has_more, incomplete } = await page({ q: '%%%' })
    expect({ data, has_more, incomplete }).toEqual({ data: [], has_more: true, incomplete: true })
  })

  test('that ends before what is frequent among old rows says so, and its cursor leads there, to each row once', async () => {
    const found = new Set<string>()
    const told: boolean[] = []
    let cursor: string | null = ''
    let rows = 0
    while (cursor !== null) {
      const query: Record<string, string> = { q: 'ancient', ...(cursor && { cursor }) }
      const { data, next_cursor, incomplete } = await page(query)
      told.push(incomplete === true)
      rows += data.length
      for (const { id } of data) found.add(id)
      cursor = next_cursor
    }
    expect([found.size, rows]).toEqual([ANCIENT, ANCIENT])
    expect(told.slice(0, 2)).toEqual([true, true])
    expect(told.slice(2)).not.toContain(true)
  })

  test('is in the order that was asked for', async () => {
    const emails = (await page({ q: 'p989', sort: 'email' })).data.map(({ email }) => email)
    expect(emails).toHaveLength(11)
    expect(emails).toEqual(emails.toSorted())
  })
})
