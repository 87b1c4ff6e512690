import { describe, expect, test } from 'vitest'
import { MINUTE_MS } from '@/lib/base/time'
import { prisma } from '@/lib/kernel/db/client'
import { databaseNow } from '@/lib/kernel/db/transaction'
import { callApi, outcomeOf, readProblem } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'

useTestDatabase()

const limited = async (rate_limit: number) => makeKey(await makeOrganization({ rate_limit }), { scopes: ['admin'] })
const header = (response: Response, name: string) => response.headers.get(name)

describe('the rate limit', () => {
  test('counts down in the headers, in both forms', async () => {
    const { key } = await limited(3)
    for (const left of [2, 1, 0]) {
      const before = await databaseNow(prisma())
      const response = await callApi('/me', { key })
      expect(response.status).toBe(200)
      expect(header(response, 'X-RateLimit-Limit')).toBe('3')
      expect(header(response, 'X-RateLimit-Remaining')).toBe(String(left))
      expect(header(response, 'RateLimit-Policy')).toBe('"default";q=3;w=60')
      expect(header(response, 'RateLimit')).toMatch(new RegExp(`^"default";r=${left};t=6[01]$`))
      const reset = Date.parse(header(response, 'X-RateLimit-Reset') ?? '')
      // All is free a minute after the last second that counts, by the database's clock.
      expect(reset).toBeGreaterThanOrEqual(Math.floor(before.getTime() / 1_000) * 1_000 + MINUTE_MS)
      expect(reset).toBeLessThanOrEqual((await databaseNow(prisma())).getTime() + 61_000)
      expect(header(response, 'Retry-After')).toBeNull()
    }
  })

  test('answers 429 with Retry-After in whole seconds of 1 to 61, and no-store', async () => {
    const { key, key_prefix } = await limited(1)
    await callApi('/me', { key })
    const response = await callApi('/me', { key })
    expect(header(response, 'Retry-After')).toMatch(/^(?:[1-9]|[1-5]\d|6[01])$/)
    expect(header(response, 'Cache-Control')).toBe('no-store')
    expect(header(response, 'X-RateLimit-Remaining')).toBe('0')
    expect(await readProblem(response)).toMatchObject({
      status: 429,
      type: 'RateLimitIssue',
      code: 'rate_limited',
      key_prefix,
    })
  })

  test('is kept by calls at the same time, to the call', async () => {
    const { key } = await limited(40)
    const replies = await Promise.all(Array.from({ length: 120 }, () => callApi('/me', { key })))
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(40)
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(80)
  })

  test('is spent by what is let through, whatever becomes of it', async () => {
    const { key } = await limited(100)
    const calls = [
      { path: '/nothing', status: 404 },
      { path: '/me', method: 'PUT', status: 405 },
      { path: '/contacts?limit=0', status: 422 },
      { path: '/contacts', method: 'POST', raw: '{', status: 400 },
    ]
    for (const [index, { path, status, ...call }] of calls.entries()) {
      const response = await callApi(path, { ...call, key })
      expect(response.status).toBe(status)
      expect(header(response, 'X-RateLimit-Remaining')).toBe(String(99 - index))
    }
  })

  test('is not spent by refusals: neither 429 nor a wrong address', async () => {
    const { key } = await makeKey(await makeOrganization({ rate_limit: 2 }), { allowed_ips: ['127.0.0.1'] })
    for (let call = 0; call < 5; call++) {
      expect(await outcomeOf(await callApi('/me', { key, peer: { address: '203.0.113.1' } }))).toBe('ip_not_allowed')
    }
    expect(header(await callApi('/me', { key }), 'X-RateLimit-Remaining')).toBe('1')
  })

  test('of one key is not another’s', async () => {
    const organization = await makeOrganization({ rate_limit: 1 })
    const [one, other] = [await makeKey(organization), await makeKey(organization)]
    expect((await callApi('/me', { key: one.key })).status).toBe(200)
    expect((await callApi('/me', { key: other.key })).status).toBe(200)
    expect((await callApi('/me', { key: one.key })).status).toBe(429)
  })

  test('comes before the scope and the body, so that a refused call does no work', async () => {
    const { key, organization_id } = await limited(1)
    const body = { email: 'ada@example.com' }
    await callApi('/contacts', { method: 'POST', body, key })
    expect((await callApi('/contacts', { method: 'POST', body, key })).status).toBe(429)
    expect(await prisma().contact.count({ where: { organization_id } })).toBe(1)
  })
})
