import { expect, test } from 'vitest'
import { callDashboard, outcomeOf, signInAs } from '@/lib/testing/call'
import { useOwnDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization, unusedId } from '@/lib/testing/fixtures'
import { byTitle, DASHBOARD_ROUTES } from '@/lib/testing/routes'

useOwnDatabase()

const LIMIT = 16_384

/** A body of so many bytes, wrong in nothing but a field that there is not. */
const bodyOf = (bytes: number) => ({ x: 'x'.repeat(bytes - '{"x":""}'.length) })

const open = DASHBOARD_ROUTES.filter(({ route }) => route.role === 'anybody' && route.body)

test.each(byTitle(open))('%s reads 16 KB and no more, with a session as without one', async (_, { route }) => {
  const cookie = await signInAs(await makeMember(await makeOrganization()))
  for (const who of [null, cookie]) {
    const send = async (bytes: number) =>
      outcomeOf(await callDashboard(who, route.path, { method: 'POST', body: bodyOf(bytes) }))
    expect([await send(LIMIT), await send(LIMIT + 1)]).toEqual(['validation_failed', 'payload_too_large'])
  }
})

test('whoever is signed in may send more', async () => {
  const organization = await makeOrganization()
  const member = await makeMember(organization)
  const body = { keys: { revoke: [], keep: Array.from({ length: 1_000 }, unusedId) } }
  expect(JSON.stringify(body).length).toBeGreaterThan(LIMIT)
  const other = await makeMember(organization, 'member')
  const path = `/orgs/${organization.slug}/members/${other.user.id}/remove`
  expect(await outcomeOf(await callDashboard(await signInAs(member), path, { method: 'POST', body }))).toBe(204)
})
