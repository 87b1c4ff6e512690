import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { MINUTE_MS } from '@/lib/base/time'
import { pool, prisma } from '@/lib/kernel/db/client'
import { databaseNow } from '@/lib/kernel/db/transaction'
import { authenticate } from '@/lib/keys/authenticate/authenticate'
import { getKey } from '@/lib/keys/read/get'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization, operator } from '@/lib/testing/fixtures'

useTestDatabase()

const expireIn = (id: string, minutes: number) =>
  pool().query(`UPDATE api_keys SET expires_at = clock_timestamp() + $2 * interval '1 minute' WHERE id = $1`, [
    id,
    minutes,
  ])

describe.each([
  { process: 'ten minutes ahead', minutes: 10 },
  { process: 'ten minutes behind', minutes: -10 },
])('in a process whose clock is $process', ({ minutes }) => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + minutes * MINUTE_MS })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('a key works until its own instant and not after it, and is shown so', async () => {
    const organization = await makeOrganization()
    const key = await makeKey(organization)
    await expireIn(key.id, 5)
    expect((await authenticate(key.key, null))?.refusal).toBeNull()
    expect((await getKey(operator(organization), { id: key.id })).status).toBe('active')
    await expireIn(key.id, -5)
    expect((await authenticate(key.key, null))?.refusal).toBe('expired_key')
    expect((await getKey(operator(organization), { id: key.id })).status).toBe('expired')
  })

  test('a lifetime and a past instant are measured by the database', async () => {
    const organization = await makeOrganization()
    const now = await databaseNow(prisma())
    const { expires_at } = await makeKey(organization, { expires_in_hours: 1 })
    expect(Math.abs(Number(expires_at) - now.getTime() - 60 * MINUTE_MS)).toBeLessThan(MINUTE_MS)
    const at = (minutes: number) => new Date(now.getTime() + minutes * MINUTE_MS).toISOString()
    await expect(makeKey(organization, { expires_at: at(5) })).resolves.toBeDefined()
    await expect(makeKey(organization, { expires_at: at(-5) })).rejects.toMatchObject({ code: 'validation_failed' })
  })

  test('the rate limit is the same one, and the wait is right', async () => {
    const { key } = await makeKey(await makeOrganization({ rate_limit: 1 }))
    expect((await authenticate(key, null))?.refusal).toBeNull()
    const refused = await authenticate(key, null)
    expect(refused?.refusal).toBe('rate_limited')
    expect(refused?.window.retry_after).toBeGreaterThan(50)
    expect(refused?.window.retry_after).toBeLessThanOrEqual(61)
  })
})
