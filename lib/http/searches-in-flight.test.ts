import { afterEach, beforeAll, describe, expect, test } from 'vitest'
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

let ours: Awaited<ReturnType<typeof setUp>>
let theirs: typeof ours
beforeAll(async () => {
  ours = await setUp()
  theirs = await setUp()
})

let end = () => {}
afterEach(() => end())

/** Takes every place that searches of our organisation have, until the test ends. */
function searchEverywhere() {
  const held = new Promise<void>((resolve) => {
    end = resolve
  })
  for (let n = 0; n < 4; n++)
    void inHeavyShare({ caller: `other-${n}`, organization: ours.organization.id }, () => held)
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

describe('while an organisation searches as much as it may', () => {
  test('its next search is 429 with Retry-After, its other calls and those of others go on', async () => {
    searchEverywhere()
    const late = SEARCHES.map(({ path }) => callApi(`${path}?q=absent`, { key: ours.key }))
    const others = [
      callApi('/contacts', { key: ours.key }),
      callApi('/me', { key: ours.key }),
      callApi('/contacts?q=absent', { key: theirs.key }),
    ]
    expect((await Promise.all(others)).map(({ status }) => status)).toEqual([200, 200, 200])
    for (const reply of await Promise.all(late)) {
      expect(reply.headers.get('Retry-After')).toBe('2')
      expect(await outcomeOf(reply)).toBe('rate_limited')
    }
  })

  test.each(['keys', 'members'])('so it is for its people and %s', async (what) => {
    searchEverywhere()
    const path = (slug: string) => `/orgs/${slug}/${what}?q=absent`
    const late = callDashboard(ours.cookie, path(ours.organization.slug))
    expect((await callDashboard(ours.cookie, `/orgs/${ours.organization.slug}/${what}`)).status).toBe(200)
    expect((await callDashboard(theirs.cookie, path(theirs.organization.slug))).status).toBe(200)
    expect(await outcomeOf(await late)).toBe('rate_limited')
  })
})
