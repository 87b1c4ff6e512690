import { expect, test } from 'vitest'
import { makeAccount, openAccount, PASSWORD } from '@/lib/testing/accounts'
import { callDashboard, outcomeOf, readProblem, signInAs } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { makeOrganization } from '@/lib/testing/fixtures'
import { byTitle, callRoute, DASHBOARD_ROUTES, makeTargets, type NamedRoute } from '@/lib/testing/routes'

useTestDatabase()

const ROUTES = DASHBOARD_ROUTES.filter(({ route }) => route.role === 'person')

/** Somebody signed in, of no organisation, and a way to call a route with a session of theirs that it may end. */
async function setUpAccount() {
  const user = await makeAccount()
  const cookie = await signInAs({ user })
  const { ctx } = await openAccount(user)
  const targets = await makeTargets(await makeOrganization())
  const body = { current_password: PASSWORD, new_password: 'another password' }
  const call = (route: NamedRoute) =>
    callRoute(
      cookie,
      route,
      { ...targets, ids: { ...targets.ids, session: ctx.session.id } },
      route.title === 'POST /account/password' ? { body } : {},
    )
  return { call }
}

test.each(byTitle(ROUTES))('%s is open to whoever is signed in, member of something or not', async (_, route) => {
  const { call } = await setUpAccount()
  expect(await outcomeOf(await call(route))).toBeTypeOf('number')
})

test('no reply about the account holds the password or its hash', async () => {
  const { call } = await setUpAccount()
  // The password last: it ends what the others need.
  for (const route of ROUTES.toSorted(
    (a, b) => Number(a.title.includes('password')) - Number(b.title.includes('password')),
  )) {
    expect(await (await call(route)).text(), route.title).not.toMatch(/argon2|correct horse|another password/)
  }
})

test('a new password that is too short or too long is refused with its field', async () => {
  const cookie = await signInAs({ user: await makeAccount() })
  for (const new_password of ['short', 'x'.repeat(1_025), '€'.repeat(400)]) {
    const body = { current_password: PASSWORD, new_password }
    const reply = await readProblem(await callDashboard(cookie, '/account/password', { method: 'POST', body }))
    expect(reply).toMatchObject({ code: 'validation_failed', errors: [{ path: 'new_password' }] })
  }
})
