import { beforeAll, describe, expect, test } from 'vitest'
import { wireSchema } from '@/lib/http/api/openapi/schemas'
import type { ActingOrganization } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { operatorContext } from '@/lib/people/organizations/operator-context'
import { formsContract } from '@/lib/resources/forms/contract'
import { type Call, callApi, callDashboard, callForm, signInAs } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { useMailSettings } from '@/lib/testing/environment'
import { makeKey, makeMember, makeOrganization } from '@/lib/testing/fixtures'
import { OPERATIONS, pathOfNothing, sampleCall } from '@/lib/testing/operations'
import { bodyOf, callRoute, DASHBOARD_ROUTES, makeTargets, pathOfRoute, type Targets } from '@/lib/testing/routes'

/** Whatever is refused, the refusal repeats at most a hundred characters of it. */

useTestDatabase()
useMailSettings()

const DOMAIN = 'strangers.test'
/** As long as an email may be: it is refused for what it is, not for its length. */
const LONG_EMAIL = `${'w'.repeat(253 - DOMAIN.length)}@${DOMAIN}`

const ONE_WORD = 'w'.repeat(3_000)
const MANY_WORDS = 'w '.repeat(1_500)

/** More than a hundred characters of any of them. */
const TOO_MUCH = /w{101}|(w ){51}/

const SENT = [ONE_WORD, MANY_WORDS, LONG_EMAIL, [ONE_WORD, MANY_WORDS], { [ONE_WORD]: 1, [MANY_WORDS]: 1 }]

/** The names of a body or a query with one of what is sent, and two names that it does not have. */
const filledWith = <Value>(names: readonly string[], value: Value): Record<string, Value> =>
  Object.fromEntries([...names, ONE_WORD, MANY_WORDS].map((name) => [name, value]))

/** The same with each email in it in the place of another. */
function withLongEmails(sample: unknown): unknown {
  if (Array.isArray(sample)) return sample.map(withLongEmails)
  if (typeof sample !== 'object' || sample === null) {
    return typeof sample === 'string' && /^\S+@\S+$/.test(sample) ? LONG_EMAIL : sample
  }
  return Object.fromEntries(Object.entries(sample).map(([name, value]) => [name, withLongEmails(value)]))
}

/** @returns whether it was refused */
async function expectShort(response: Response): Promise<boolean> {
  if (response.ok) return false
  expect(await response.text()).not.toMatch(TOO_MUCH)
  return true
}

let organization: ActingOrganization
let key = ''
beforeAll(async () => {
  organization = await makeOrganization()
  key = (await makeKey(organization, { scopes: ['admin'] })).key
  // So that also what is well written is refused.
  await callApi('/exclusions', { method: 'POST', key, body: { kind: 'domain', value: DOMAIN } })
})

describe.each(OPERATIONS)('$title', ({ operation }) => {
  const { body, query, path } = operation

  test.runIf(body)('repeats little of a body that it refuses', async () => {
    const names = Object.keys((body && wireSchema(body, new Map()).properties) ?? {})
    const sample = await sampleCall(operation)
    const bodies = [...SENT.map((value) => filledWith(names, value)), withLongEmails(sample.body)]
    let refused = 0
    for (const sent of bodies) {
      const reply = await callApi(pathOfNothing(operation), { ...sample, key, body: sent })
      if (await expectShort(reply)) refused++
    }
    expect(refused).toBeGreaterThanOrEqual(SENT.length)
  })

  test.runIf(query)('repeats little of a query that it refuses', async () => {
    for (const value of [ONE_WORD, MANY_WORDS]) {
      const asked = new URLSearchParams(filledWith(Object.keys(query?.shape ?? {}), value))
      const call = { ...(await sampleCall(operation)), key }
      expect(await expectShort(await callApi(`${pathOfNothing(operation)}?${asked}`, call))).toBe(true)
    }
  })

  test.runIf(path.includes('{'))('repeats little of a path that leads nowhere', async () => {
    const at = path.replace(/\{\w+\}/g, ONE_WORD)
    const reply = await callApi(at, { ...(await sampleCall(operation)), key })
    expect(await expectShort(reply)).toBe(true)
  })
})

/** A network of their own: what anybody may ask is limited for an address. */
const peer = { address: '2001:db8:ffff::1' }

let cookie = ''
let targets: Targets
beforeAll(async () => {
  const { user } = await makeMember(organization)
  await prisma().user.update({ where: { id: user.id }, data: { platform_admin: true } })
  cookie = await signInAs({ user })
  targets = await makeTargets(organization)
})

describe.each(DASHBOARD_ROUTES)('$title of the dashboard', (named) => {
  const { body, query } = named.route
  const sample = bodyOf(named)

  test.runIf(body)('repeats little of a body that it refuses', async () => {
    const names = Object.keys((body && wireSchema(body, new Map()).properties) ?? {})
    for (const value of SENT) {
      const reply = await callRoute(cookie, named, targets, { body: filledWith(names, value), peer })
      expect(await expectShort(reply)).toBe(true)
    }
  })

  test.runIf(JSON.stringify(sample)?.includes('@'))('repeats little of an email that it refuses', async () => {
    // What can be done once is refused the second time.
    for (let time = 1; time <= 2; time++) {
      await expectShort(await callRoute(cookie, named, targets, { body: withLongEmails(sample), peer }))
    }
  })

  test.runIf(query)('repeats little of a query that it refuses', async () => {
    const asked = new URLSearchParams(filledWith([], ONE_WORD))
    const reply = await callDashboard(cookie, `${pathOfRoute(named.route, targets)}?${asked}`, { peer })
    expect(await expectShort(reply)).toBe(true)
  })
})

describe('a form', () => {
  const callWith = async (call: Call) => {
    const { body } = await sampleCall(formsContract.operations.create)
    const { public_id } = await (await callApi('/forms', { method: 'POST', key, body })).json()
    return callForm(public_id, { method: 'POST', peer, ...call })
  }

  test('repeats little of answers that it refuses', async () => {
    for (const value of SENT) {
      expect(await expectShort(await callWith({ body: filledWith(['email', 'company'], value) }))).toBe(true)
    }
  })

  test('repeats little of a name that it does not know on its page', async () => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html' }
    for (const sent of [`${ONE_WORD}=1`, `${ONE_WORD}=1&${ONE_WORD}=2`]) {
      const reply = await callWith({ raw: sent, headers })
      expect(reply.headers.get('Content-Type')).toContain('text/html')
      expect(await expectShort(reply)).toBe(true)
    }
  })
})

test.each([`{% for ${MANY_WORDS}%}{% endfor %}`, `{{ first_name | ${ONE_WORD} }}`])(
  'a template that cannot be read is repeated in part: %.20s…',
  async (text) => {
    const body = { name: 'News', subject: 'News', text }
    expect(await expectShort(await callApi('/templates', { method: 'POST', key, body }))).toBe(true)
  },
)

test.each([ONE_WORD, MANY_WORDS])(
  'an operator is told in part which organisation there is not: %.20s…',
  async (slug) => {
    await expect(operatorContext(slug)).rejects.toMatchObject({ detail: expect.not.stringMatching(TOO_MUCH) })
  },
)
