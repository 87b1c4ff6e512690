import { describe, expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { generateKey as makeKeyText } from '@/lib/keys/format'
import { callApi, outcomeOf, readProblem } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'
import { missingRateHeaders } from '@/lib/testing/operations'

useTestDatabase()

describe('wrong keys', () => {
  const guess = async (address: string) => callApi('/me', { key: makeKeyText('live'), peer: { address } })
  const guessMany = async (times: number, address: (index: number) => string) => {
    const replies = []
    for (let index = 0; index < times; index++) replies.push((await guess(address(index))).status)
    return replies
  }

  test('are limited to 30 a minute from one address, and a good key behind it is still served', async () => {
    const address = '203.0.113.77'
    expect(await guessMany(30, () => address)).toEqual(Array(30).fill(401))
    const response = await guess(address)
    expect(response.headers.get('Retry-After')).toMatch(/^(?:[1-9]|[1-5]\d|60)$/)
    expect(missingRateHeaders(response)).toHaveLength(5)
    expect(await readProblem(response)).toMatchObject({ status: 429, code: 'rate_limited' })
    const { key } = await makeKey(await makeOrganization())
    expect((await callApi('/me', { key, peer: { address } })).status).toBe(200)
    expect((await guess('203.0.113.78')).status).toBe(401)
  })

  test('are counted over a whole /64 of IPv6', async () => {
    const statuses = await guessMany(31, (index) => `2001:db8:7:7::${(index + 1).toString(16)}:${index}`)
    expect(statuses).toEqual([...Array(30).fill(401), 429])
    expect((await guess('2001:db8:7:8::1')).status).toBe(401)
  })

  test('are limited from an unknown address too', async () => {
    const statuses = []
    for (let index = 0; index < 31; index++) {
      statuses.push((await callApi('/me', { key: makeKeyText('live'), peer: { address: null } })).status)
    }
    expect(statuses.at(-1)).toBe(429)
  })

  test('of a wrong form never come to the count', async () => {
    const address = '203.0.113.79'
    for (let index = 0; index < 40; index++) {
      const response = await callApi('/me', { key: `lk_live_${'A'.repeat(36)}`, peer: { address } })
      expect(response.status).toBe(401)
    }
    expect((await guess(address)).status).toBe(401)
  })

  test('of keys that once were good are told the reason and not counted', async () => {
    const address = '203.0.113.80'
    const { id, key } = await makeKey(await makeOrganization())
    await prisma().apiKey.update({ where: { id }, data: { revoked_at: new Date() } })
    for (let index = 0; index < 35; index++) {
      expect(await outcomeOf(await callApi('/me', { key, peer: { address } }))).toBe('revoked_key')
    }
  })
})
