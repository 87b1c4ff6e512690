import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { prisma } from '@/lib/kernel/db/client'
import { run } from '@/lib/kernel/rows/run'
import { mentions } from '@/lib/kernel/rows/search'
import { sql } from '@/lib/kernel/rows/sql'
import { searchKeysQuery } from '@/lib/keys/contract'
import { listKeys } from '@/lib/keys/read/list'
import { listMembers } from '@/lib/people/members/list'
import { platformContext } from '@/lib/people/organizations/platform-context'
import { listPlatformOrganizations } from '@/lib/people/platform/list-organizations'
import { contactsContract } from '@/lib/resources/contacts/contract'
import { RESOURCES } from '@/lib/resources/register'
import { ask } from '@/lib/testing/ask'
import { callApi } from '@/lib/testing/call'
import { useOwnDatabase } from '@/lib/testing/database'
import { makeKey, makeMember, makeOrganization, operator } from '@/lib/testing/fixtures'

// In its locale the lower case of É is É.
useOwnDatabase({ hostile: true })

/** The same name as people write it, upper and lower case, composed (NFC) and decomposed (NFD). */
const WRITTEN = ['\u00C9mile', '\u00E9mile', '\u00C9MILE', 'E\u0301mile', 'e\u0301mile'] as const

const rowsFound = z.object({ data: z.array(z.unknown()) })

type Found = (asked: string) => Promise<number>

/** Every list that can be searched, holding one row with this name. */
const LISTS: [string, (name: string) => Promise<Found>][] = [
  ...RESOURCES.flatMap(({ rows = [] }) => rows)
    .filter(({ filters }) => filters.q?.keeps === 'mentioning')
    .flatMap(({ at, many }) =>
      ['first_name', 'company'].map((field): (typeof LISTS)[number] => [
        `${many} by ${field}`,
        async (value) => {
          const { key } = await makeKey(await makeOrganization(), { scopes: ['admin'] })
          await callApi(at, { method: 'POST', key, body: { email: 'a@example.com', [field]: value } })
          return async (q) => {
            const found = await callApi(`${at}?${new URLSearchParams({ q })}`, { key })
            return rowsFound.parse(await found.json()).data.length
          }
        },
      ]),
    ),
  [
    'keys',
    async (name) => {
      const organization = await makeOrganization()
      await makeKey(organization, { name })
      return async (q) => (await listKeys(operator(organization), searchKeysQuery.parse({ q }))).data.length
    },
  ],
  [
    'members',
    async (name) => {
      const organization = await makeOrganization()
      const { user, ctx } = await makeMember(organization)
      await prisma().user.update({ where: { id: user.id }, data: { name } })
      return async (q) => (await listMembers(ctx, { q, limit: 9 })).data.length
    },
  ],
  [
    'organisations',
    async (name) => {
      const { slug } = await makeOrganization({ name })
      return async (q) => {
        const { data } = await listPlatformOrganizations(platformContext(), { q, limit: 100 })
        return data.filter((organization) => organization.slug === slug).length
      }
    },
  ],
]

describe.each(LISTS)('a search of %s', (_, holding) => {
  test.each(WRITTEN)('finds %j however it is asked for', async (stored) => {
    const found = await holding(stored)
    const counts = await Promise.all(WRITTEN.map((asked) => found(asked.slice(0, -1))))
    expect(counts).toEqual(WRITTEN.map(() => 1))
    expect(await found('emil')).toBe(0)
  })
})

test('the whole name of a company is the same one however it is composed', async () => {
  const { key } = await makeKey(await makeOrganization(), { scopes: ['contacts:read', 'contacts:write'] })
  await ask(contactsContract.operations.create, { key, body: { email: 'a@example.com', company: 'Cafe\u0301' } })
  const countOf = async (company: string) =>
    (await ask(contactsContract.operations.list, { key, query: { company } })).data.length
  expect([await countOf('Cafe\u0301'), await countOf('Caf\u00E9'), await countOf('Caf')]).toEqual([1, 1, 0])
})

/** Whether a search for `asked` finds `stored`, and whether the index says no to none that it finds. */
async function finds(stored: string, asked: string): Promise<boolean> {
  const { met, indexed } = mentions(asked)
  const known = indexed ? sql`CASE WHEN ${indexed.knows} THEN ${indexed.condition} AND ${met} ELSE ${met} END` : met
  const [row] = await run<{ found: boolean; known: boolean }>(
    sql`SELECT ${met} AS found, ${known} AS known FROM (SELECT search_form(${stored}::text) AS search) t`,
    { prepared: false },
  )
  expect(row?.known, `${stored} ${asked}`).toBe(row?.found)
  return row?.found === true
}

describe('a search', () => {
  test.each([
    ['Straße', 'STRASSE'],
    ['ΟΔΟΣΑ', 'οδός'.normalize('NFC').replace('ό', 'ο')],
    ['ЖУРНАЛ', 'журнал'],
    ['Ａｃｍｅ', 'acme'],
    ['ﬁne', 'FINE'],
  ])('takes %s and %s as alike', async (stored, asked) => {
    expect(await finds(stored, asked)).toBe(true)
  })

  test('means its signs literally', async () => {
    const signs = fc.string({
      unit: fc.constantFrom('%', '_', '\\', '％', 'a', 'A', "'", ' '),
      minLength: 1,
      maxLength: 4,
    })
    await fc.assert(
      fc.asyncProperty(signs, signs, async (stored, asked) => {
        const form = (text: string) => text.normalize('NFKC').toLowerCase()
        const words = form(stored).split(' ')
        // One or two letters begin a word.
        const expected = /^a{1,2}$/.test(form(asked))
          ? words.some((word) => word.startsWith(form(asked)))
          : form(stored).includes(form(asked))
        expect(await finds(stored, asked)).toBe(expected)
      }),
      { numRuns: 200, endOnFailure: true },
    )
  })
})

test('a list by text has one order in every locale, and its pages are that order', async () => {
  const { key } = await makeKey(await makeOrganization(), { scopes: ['contacts:read', 'contacts:write'] })
  const emails = ['b@x.test', 'a-b@x.test', 'ab@x.test', 'a.b@x.test', 'a_b@x.test', 'a@x.test', '1@x.test']
  for (const email of emails) await ask(contactsContract.operations.create, { key, body: { email } })
  const paged: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const query: Record<string, string> = { sort: 'email', limit: '2', ...(cursor && { cursor }) }
    const page = await ask(contactsContract.operations.list, { key, query })
    paged.push(...page.data.map(({ email }) => email))
    cursor = page.next_cursor
  }
  expect(paged).toEqual(emails.toSorted((one, other) => (one < other ? -1 : 1)))
})
