import { describe, expect, test } from 'vitest'
import { isSearch } from '@/lib/contracts/operation'
import { inHeavyShare } from '@/lib/kernel/db/fair-share'
import { contactsContract } from '@/lib/resources/contacts/contract'
import { callApi, callDashboard, outcomeOf, signInAs } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeMember, makeOrganization } from '@/lib/testing/fixtures'
import { OPERATIONS } from '@/lib/testing/operations'

useTestDatabase()

const setUp = async () => {
  const organization = await makeOrganization()
  const { key } = await makeKey(organization, { scopes: ['admin'] })
  const cookie = await signInAs(await makeMember(organization))
  return { organization, key, cookie }
}

/** While every place that searches of an organisation have is taken, does `work`. */
async function whileSearching({ organization }: Awaited<ReturnType<typeof setUp>>, work: () => Promise<void>) {
  let end = () => {}
  const held = new Promise<void>((resolve) => {
    end = resolve
  })
  for (let n = 0; n < 4; n++) void inHeavyShare({ caller: `other-${n}`, organization: organization.id }, () => held)
  await work().finally(() => end())
}

const SEARCHES = OPERATIONS.flatMap(({ operation: { path, searches = [], query } }) =>
  Object.keys(query?.shape ?? {}).includes('q') || searches.length > 0 ? [{ path, searches }] : [],
)

describe('a call that looks for rows', () => {
  const { list } = contactsContract.operations
  const asks = (query: object) => isSearch(list, list.query.parse(query))

  test.each([
    {},
    { limit: '5' },
    { sort: 'email' },
    { email: 'a@example.com' },
    { domain: 'example.com', limit: '5' },
    { created_after: '2027-01-01T00:00:00Z', sort: '-created_at' },
  ])('is none that an index serves: %j', (query) => expect(asks(query)).toBe(false))

  test.each([
    { q: 'ada' },
    { q: 'ada', sort: 'email' },
    { domain: 'example.com', sort: 'email' },
    { company: 'A', domain: 'a.example' },
  ])('is one that asks for a text, or for more than one thing: %j', (query) => expect(asks(query)).toBe(true))
})

test('whatever takes `q` is a search', () => {
  expect(SEARCHES.length).toBeGreaterThanOrEqual(4)
  for (const { path, searches } of SEARCHES) expect(searches, path).toContain('q')
})

test('while an organisation searches as much as it may, its next search is 429 with Retry-After, its other calls and those of others go on', async () => {
  const [ours, theirs] = [await setUp(), await setUp()]
  // Of each kind one key: they wait for the places of the organisation, and not for one another.
  const keys: string[] = []
  for (const _ of SEARCHES) keys.push((await makeKey(ours.organization, { scopes: ['admin'] })).key)
  const path = (slug: string, what: string) => `/orgs/${slug}/${what}?q=absent`
  const inPages = ['keys', 'members']
  await whileSearching(ours, async () => {
    const late = SEARCHES.map((search, index) => callApi(`${search.path}?q=absent`, { key: keys[index] ?? '' }))
    const latePages = inPages.map((what) => callDashboard(ours.cookie, path(ours.organization.slug, what)))
    const others = [
      callApi('/contacts', { key: keys[0] ?? '' }),
      callApi('/me', { key: keys[0] ?? '' }),
      callApi('/contacts?q=absent', { key: theirs.key }),
      ...inPages.flatMap((what) => [
        callDashboard(ours.cookie, `/orgs/${ours.organization.slug}/${what}`),
        callDashboard(theirs.cookie, path(theirs.organization.slug, what)),
      ]),
    ]
    for (const reply of await Promise.all(others)) expect(reply.status).toBe(200)
    for (const reply of await Promise.all([...late, ...latePages])) {
      expect(reply.headers.get('Retry-After')).toBe('2')
      expect(await outcomeOf(reply)).toBe('rate_limited')
    }
  })
})
