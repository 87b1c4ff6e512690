import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { wireSchema } from '@/lib/http/api/openapi/schemas'
import { callApi, readProblem } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { useMailSettings } from '@/lib/testing/environment'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'
import { methodOf, OPERATIONS, pathOfNothing, pathOfRow, sampleCall } from '@/lib/testing/operations'

useTestDatabase()
useMailSettings()

const OF_THE_LIBRARY = 'Said by the library.'
const { localeError } = z.config()

const makeCaller = async () => (await makeKey(await makeOrganization(), { scopes: ['admin'] })).key

beforeAll(() => {
  // What zod says of itself where nobody else has: with this in its place, none of it can hide among words like ours.
  z.config({ localeError: () => OF_THE_LIBRARY })
})
afterAll(() => {
  z.config({ localeError })
})

/** What no member is, or not all are. */
const WRONG: unknown[] = [
  ...[null, true, -1.5, 1e300, '', ' ', '\0', 'x'.repeat(30_000)],
  ...[[], {}, [null], [[]], [{}], ['x'], Array(300).fill('x'), [{ kind: 'email' }], { 'a b': {} }, { '': null }],
]

const everyMember = (names: string[], value: unknown) => Object.fromEntries(names.map((name) => [name, value]))

/** Says what is wrong in the words of our own, a sentence each; of a request that is good nothing is said. */
async function expectOurWords(response: Response) {
  if (response.status < 400) return 0
  const { detail, errors = [] } = await readProblem(response)
  for (const { message } of [{ message: detail }, ...errors]) {
    expect(message).not.toContain(OF_THE_LIBRARY)
    expect(message).toMatch(/[.…]$/)
  }
  return errors.length
}

describe.each(OPERATIONS)('$title', ({ operation }) => {
  const { body, query } = operation
  const method = methodOf(operation)
  let key = ''
  beforeAll(async () => {
    key = await makeCaller()
  })

  test.runIf(body)('says in our words what is missing and what is wrong in a body', async () => {
    const { properties = {}, oneOf = [] } = body ? wireSchema(body, new Map()) : {}
    const names = [...Object.keys(properties), ...(oneOf.length > 0 ? ['kind', 'value'] : [])]
    // The empty one comes last: a key that may end itself does so by it.
    const bodies = [[], null, 'x', ...WRONG.map((value) => everyMember(names, value)), {}]
    let said = 0
    for (const wrong of bodies) {
      said += await expectOurWords(await callApi(pathOfNothing(operation), { method, key, body: wrong }))
    }
    expect(said).toBeGreaterThan(bodies.length / 2)
  })

  test.runIf(query)('says in our words what is wrong in a query', async () => {
    const names = Object.keys(query?.shape ?? {})
    let said = 0
    for (const wrong of ['', ' ', 'x', '-1', '1e9', '%00', 'x'.repeat(3_000), 'ada+x@example.com']) {
      const search = names.map((name) => `${name}=${wrong}`).join('&')
      const call = { ...(await sampleCall(operation)), key }
      said += await expectOurWords(await callApi(`${pathOfNothing(operation)}?${search}`, call))
    }
    expect(said).toBeGreaterThan(0)
  })
})

const withEmail = OPERATIONS.filter(({ operation }) => operation.query && 'email' in operation.query.shape)

test.each(withEmail)('$title explains a + that a query has turned into a space', async ({ operation }) => {
  const key = await makeCaller()
  const path = await pathOfRow(operation, key)
  for (const asked of ['ada+x@example.com', '+ada@example.com']) {
    const problem = await readProblem(await callApi(`${path}?email=${asked}`, { key }))
    expect(problem.errors).toMatchObject([{ path: 'email', message: expect.stringContaining('%2B') }])
  }
  expect((await callApi(`${path}?email=ada%2Bx@example.com`, { key })).status).toBe(200)
})
