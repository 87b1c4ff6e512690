import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { flushLastUses, recordLastUse } from '@/lib/keys/authenticate/last-use'
import { deleteKey } from '@/lib/keys/life/delete'
import { revokeKey } from '@/lib/keys/life/revocation/revoke'
import { getKey } from '@/lib/keys/read/get'
import { useTestDatabase } from '@/lib/testing/database'
import { hoursAway, makeKey, makeOrganization, operator } from '@/lib/testing/fixtures'
import { overlap } from '@/lib/testing/overlap'

useTestDatabase()
afterEach(() => flushLastUses())

const use = (hours = 0) => ({ at: hoursAway(hours), address: '203.0.113.9', user_agent: 'curl/8' })

async function setUp() {
  const organization = await makeOrganization()
  return { ctx: operator(organization), key: await makeKey(organization) }
}

describe('a last use', () => {
  test('is written with when, from where and by what', async () => {
    const { ctx, key } = await setUp()
    const now = use()
    recordLastUse(key.id, now)
    await flushLastUses()
    expect(await getKey(ctx, { id: key.id })).toMatchObject({
      last_used_at: now.at,
      last_used_address: '203.0.113.9',
      last_used_agent: 'curl/8',
    })
  })

  test('of many keys is written in one batch, a key that is gone left out', async () => {
    const { ctx, key } = await setUp()
    const other = await makeKey(ctx.organization)
    for (const id of [key.id, randomUUID(), other.id]) recordLastUse(id, use())
    await flushLastUses()
    for (const { id } of [key, other]) expect((await getKey(ctx, { id })).last_used_at).not.toBeNull()
  })

  test('that is older never covers a newer one, whatever process writes last', async () => {
    const { ctx, key } = await setUp()
    const newer = use(0)
    recordLastUse(key.id, newer)
    await flushLastUses()
    recordLastUse(key.id, { ...use(-1), address: '198.51.100.1' })
    await flushLastUses()
    expect(await getKey(ctx, { id: key.id })).toMatchObject({
      last_used_at: newer.at,
      last_used_address: newer.address,
    })
  })

  test('that comes late alters nothing about a revoked key but itself', async () => {
    const { ctx, key } = await setUp()
    recordLastUse(key.id, use())
    await revokeKey(ctx, { id: key.id, leaked: true })
    const before = await prisma().apiKey.findUniqueOrThrow({ where: { id: key.id } })
    await flushLastUses()
    expect(await prisma().apiKey.findUniqueOrThrow({ where: { id: key.id } })).toEqual(before)
    expect((await getKey(ctx, { id: key.id })).status).toBe('revoked')
  })

  test('that comes late never brings a deleted key back', async () => {
    const { ctx, key } = await setUp()
    recordLastUse(key.id, use())
    await deleteKey(ctx, { id: key.id })
    await flushLastUses()
    expect(await prisma().apiKey.count({ where: { id: key.id } })).toBe(0)
    expect(await prisma().keyLastUse.count({ where: { key_id: key.id } })).toBe(0)
  })

  test('is never in the way of a deletion at the same time', async () => {
    const { ctx, key } = await setUp()
    recordLastUse(key.id, use())
    await overlap((db) => deleteKey({ ...ctx, db }, { id: key.id }), flushLastUses)
    expect(await prisma().keyLastUse.count({ where: { key_id: key.id } })).toBe(0)
  })

  test('is written by itself, without a flush', async () => {
    const { ctx, key } = await setUp()
    recordLastUse(key.id, use())
    await expect.poll(async () => (await getKey(ctx, { id: key.id })).last_used_at, { timeout: 15_000 }).not.toBeNull()
  })
})
