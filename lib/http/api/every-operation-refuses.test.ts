import { beforeAll, describe, expect, test } from 'vitest'
import type { ActingOrganization } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { generateKey as makeKeyText } from '@/lib/keys/format'
import { CATALOGUE } from '@/lib/resources/register'
import { type Call, callApi, readProblem } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { alterKey, hoursAway, makeKey, makeOrganization } from '@/lib/testing/fixtures'
import { missingRateHeaders, OPERATIONS, pathOfNothing, sampleCall } from '@/lib/testing/operations'

useTestDatabase()

const CHALLENGE = 'Bearer realm="latchkey"'
const INVALID = `${CHALLENGE}, error="invalid_token"`
const OFFICE = '203.0.113.50'

type KeyedCall = Call & { key?: string }
type Refused = { code: string; status: number; recognised: boolean; challenge: string | null; call: KeyedCall }

/** Each way in which a caller is refused before the operation is looked at. */
const refusals = new Map<string, Refused>()
const add = (name: string, code: string, status: number, call: KeyedCall, recognised = true) => {
  const challenge = status !== 401 ? null : code === 'missing_key' ? CHALLENGE : INVALID
  refusals.set(name, { code, status, recognised, challenge, call })
}

let organization: ActingOrganization

beforeAll(async () => {
  organization = await makeOrganization()
  const keyWith = async (data: Parameters<typeof alterKey>[1]) => {
    const made = await makeKey(organization, { scopes: ['admin'] })
    await alterKey(made.id, data)
    return made.key
  }
  const past = hoursAway(-1)
  const disabled = await makeOrganization()
  const { key: ofDisabled } = await makeKey(disabled, { scopes: ['admin'] })
  await prisma().organization.update({ where: { id: disabled.id }, data: { developer_api: false } })

  add('no key', 'missing_key', 401, {}, false)
  add('another scheme', 'missing_key', 401, { headers: { Authorization: 'Basic YTpi' } }, false)
  add('a key without its last character', 'malformed_key', 401, { key: makeKeyText('live').slice(0, -1) }, false)
  add('a key that never was', 'invalid_key', 401, { key: makeKeyText('live') }, false)
  add('a revoked key', 'revoked_key', 401, { key: await keyWith({ revoked_at: past }) })
  add('an expired key', 'expired_key', 401, { key: await keyWith({ expires_at: past }) })
  add('a rotated key', 'rotated_key', 401, { key: await keyWith({ rotated_at: past, retires_at: past }) })
  add('a key of an organisation without the API', 'developer_api_disabled', 403, { key: ofDisabled })
  const bound = (await makeKey(organization, { scopes: ['admin'], allowed_ips: [OFFICE] })).key
  add('another address than the allowlist’s', 'ip_not_allowed', 403, { key: bound, peer: { address: '203.0.113.51' } })
  add('an unknown address and an allowlist', 'ip_not_allowed', 403, { key: bound, peer: { address: null } })
  const forged = { 'X-Forwarded-For': `${OFFICE}, ${OFFICE}`, 'X-Real-IP': OFFICE, Forwarded: `for=${OFFICE}` }
  add('an address that only headers claim', 'ip_not_allowed', 403, { key: bound, headers: forged })
  const { key: spent } = await makeKey(organization, { scopes: ['admin'], rate_limit: 1 })
  add('a key whose minute is used up', 'rate_limited', 429, { key: spent })
})

describe.each(OPERATIONS)('$title', ({ title, operation }) => {
  // Each operation from a network of its own, so that unknown keys are not limited across them.
  const network = OPERATIONS.findIndex((other) => other.title === title)
  const address = `2001:db8:${network.toString(16)}::1`

  test('refuses every caller who is not let in, and says why', async () => {
    const sample = await sampleCall(operation)
    for (const [name, { code, status, recognised, challenge, call }] of refusals) {
      const peer = { address, ...call.peer }
      // The minute that was used up may be over by now.
      if (code === 'rate_limited') await callApi('/me', call)
      const response = await callApi(pathOfNothing(operation), { ...sample, ...call, peer })
      expect(response.status, name).toBe(status)
      expect(response.headers.get('WWW-Authenticate'), name).toBe(challenge)
      expect(response.headers.get('Cache-Control'), name).toBe('no-store')
      expect(missingRateHeaders(response), name).toHaveLength(recognised ? 0 : 5)
      const problem = await readProblem(response)
      expect(problem.code, name).toBe(code)
      if (call.key) expect(JSON.stringify(problem), name).not.toContain(call.key.slice(14))
    }
  })

  test('refuses a query that is not encoded as one is, and names the parameter', async () => {
    const { key } = await makeKey(organization, { scopes: ['admin', 'read:all', 'write:all'] })
    for (const value of ['%zz', '%ff', '%', '%E0%A4%A']) {
      const path = `${pathOfNothing(operation)}?limit=1&q=${value}`
      const problem = await readProblem(await callApi(path, { ...(await sampleCall(operation)), key }))
      expect(problem).toMatchObject({ status: 422, code: 'validation_failed', errors: [{ path: 'q' }] })
    }
  })

  test.runIf(operation.scope !== null)(
    'refuses a key that has every scope but its own, and one that has none',
    async () => {
      const needed = operation.scope ?? ''
      const scopes = CATALOGUE.scopes.map(({ scope }) => scope).filter((scope) => !CATALOGUE.grants([scope], needed))
      for (const held of [scopes, []]) {
        const { key, key_prefix } = await makeKey(organization, { scopes: held })
        const response = await callApi(pathOfNothing(operation), { ...(await sampleCall(operation)), key })
        const challenge = `${CHALLENGE}, error="insufficient_scope", scope="${needed}"`
        expect(response.headers.get('WWW-Authenticate')).toBe(challenge)
        expect(missingRateHeaders(response)).toEqual([])
        expect(await readProblem(response)).toMatchObject({
          status: 403,
          type: 'UnauthorizedIssue',
          code: 'insufficient_scope',
          key_prefix,
          required_scopes: [needed],
        })
      }
    },
  )
})
