import { describe, expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { deleteKey } from '@/lib/keys/life/delete'
import { revokeKey } from '@/lib/keys/life/revocation/revoke'
import { usageOfKey } from '@/lib/keys/read/usage-of-key'
import { countCallsByDay } from '@/lib/keys/usage/calls-by-day'
import { flushUsage, hourOf, recordCall } from '@/lib/keys/usage/record'
import { removeOldUsage } from '@/lib/keys/usage/remove-old'
import { callApi } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { hoursAway, makeKey, makeOrganization, operator, unusedId } from '@/lib/testing/fixtures'

useTestDatabase()

async function setUp(scopes: string[] = ['tasks:read'], limit?: number) {
  const organization = await makeOrganization()
  const key = await makeKey(organization, { scopes, rate_limit: limit ?? null })
  const ctx = operator(organization)
  const usage = async () => {
    await flushUsage()
    return usageOfKey(ctx, { id: key.id })
  }
  return { organization, ctx, key, usage }
}

const rowsOf = (key_id: string) =>
  prisma().keyUsage.findMany({
    where: { key_id },
    select: { scope: true, outcome: true, calls: true },
    orderBy: [{ scope: 'asc' }, { outcome: 'asc' }],
  })

describe('a call', () => {
  test('is counted by the scope that it needed and by its outcome', async () => {
    const { key } = await setUp(['tasks:read'], 6)
    const call = (path: string, method = 'GET') => callApi(path, { key: key.key, method })
    const statuses = [
      (await call('/tasks')).status,
      (await call('/tasks')).status,
      (await call(`/tasks/${unusedId()}`)).status,
      (await call('/contacts')).status,
      (await call('/me')).status,
      (await call('/no-such-path')).status,
      (await call('/tasks')).status,
    ]
    expect(statuses).toEqual([200, 200, 404, 403, 200, 404, 429])
    await flushUsage()
    expect(await rowsOf(key.id)).toEqual([
      { scope: '', outcome: 'succeeded', calls: 1 },
      { scope: '', outcome: 'refused', calls: 1 },
      { scope: '', outcome: 'limited', calls: 1 },
      { scope: 'contacts:read', outcome: 'refused', calls: 1 },
      { scope: 'tasks:read', outcome: 'succeeded', calls: 2 },
      { scope: 'tasks:read', outcome: 'refused', calls: 1 },
    ])
  })

  test('with a revoked key is counted as refused', async () => {
    const { ctx, key } = await setUp()
    await revokeKey(ctx, { id: key.id, leaked: false })
    expect((await callApi('/tasks', { key: key.key })).status).toBe(401)
    await flushUsage()
    expect(await rowsOf(key.id)).toEqual([{ scope: '', outcome: 'refused', calls: 1 }])
  })

  test('is added to what other batches have written', async () => {
    const { key, usage } = await setUp()
    for (let round = 0; round < 3; round++) {
      await Promise.all([callApi('/tasks', { key: key.key }), callApi('/tasks', { key: key.key })])
      await flushUsage()
    }
    expect((await usage()).spans.day).toEqual({ succeeded: 6, refused: 0, limited: 0, failed: 0 })
  })

  test('that is written late never brings a deleted key back', async () => {
    const { ctx, key } = await setUp()
    const other = await makeKey(ctx.organization)
    for (const id of [key.id, other.id]) recordCall(id, { at: new Date(), scope: null, status: 200 })
    await deleteKey(ctx, { id: key.id })
    await flushUsage()
    expect(await rowsOf(key.id)).toEqual([])
    expect(await rowsOf(other.id)).toHaveLength(1)
  })
})

describe('the usage of a key', () => {
  test('tells the calls lately, by the hour, and over a day, a week and a month', async () => {
    const { key, usage } = await setUp()
    for (const hours of [0, 1, 2, 23, 24, 24 * 7 - 1, 24 * 7, 24 * 30 - 1, 24 * 30]) {
      recordCall(key.id, { at: hoursAway(-hours), scope: 'tasks:read', status: 200 })
    }
    recordCall(key.id, { at: hoursAway(0), scope: 'tasks:read', status: 500 })
    const { recent, hours, spans } = await usage()
    expect(recent).toEqual({ since: hourOf(hoursAway(-1)), calls: 3 })
    expect(hours.map(({ calls }) => calls).filter((calls) => calls > 0)).toEqual([1, 1, 1, 2])
    expect(hours.at(-1)).toEqual({ at: hourOf(hoursAway(0)), calls: 2 })
    expect(hours).toHaveLength(24)
    expect([spans.day, spans.week, spans.month].map(({ succeeded }) => succeeded)).toEqual([4, 6, 8])
    expect(spans.month.failed).toBe(1)
  })

  test('names the scopes that were needed in sixty days, with when they were last', async () => {
    const { key, usage } = await setUp()
    recordCall(key.id, { at: hoursAway(-1), scope: 'tasks:read', status: 200 })
    recordCall(key.id, { at: hoursAway(-30), scope: 'tasks:read', status: 200 })
    recordCall(key.id, { at: hoursAway(0), scope: 'contacts:read', status: 403 })
    recordCall(key.id, { at: hoursAway(-24 * 61), scope: 'exclusions:write', status: 204 })
    recordCall(key.id, { at: hoursAway(0), scope: null, status: 200 })
    expect((await usage()).scopes).toEqual([
      { scope: 'contacts:read', calls: 1, last_hour: hourOf(hoursAway(0)) },
      { scope: 'tasks:read', calls: 2, last_hour: hourOf(hoursAway(-1)) },
    ])
  })

  test('is not told of another organisation’s key', async () => {
    const [{ ctx }, { key }] = [await setUp(), await setUp()]
    await expect(usageOfKey(ctx, { id: key.id })).rejects.toMatchObject({ code: 'not_found' })
  })
})

test('calls by day are seven sums of twenty-four hours that end with this one', async () => {
  const { key, ctx } = await setUp()
  const quiet = await makeKey(ctx.organization)
  for (const hours of [0, 0, 23, 24, 24 * 7 - 1, 24 * 7]) {
    recordCall(key.id, { at: hoursAway(-hours), scope: null, status: 200 })
  }
  await flushUsage()
  const days = await countCallsByDay(prisma(), [key.id, quiet.id])
  expect(days.get(key.id)).toEqual([1, 0, 0, 0, 0, 1, 3])
  expect(days.get(quiet.id)).toEqual([0, 0, 0, 0, 0, 0, 0])
})

test('counters go when nothing shows them any more, and no earlier', async () => {
  const { key } = await setUp()
  recordCall(key.id, { at: hoursAway(-24 * 91), scope: 'old', status: 200 })
  recordCall(key.id, { at: hoursAway(-24 * 89), scope: 'kept', status: 200 })
  await flushUsage()
  await removeOldUsage()
  expect((await rowsOf(key.id)).map(({ scope }) => scope)).toEqual(['kept'])
})
