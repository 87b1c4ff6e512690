import { randomBytes, randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { keyConcern, MOST_LOOKED_AT, searchKeysQuery } from '@/lib/keys/contract'
import { mintPlaygroundKey } from '@/lib/keys/life/playground/mint'
import { countConcerns } from '@/lib/keys/read/count-concerns'
import { searchKeys } from '@/lib/keys/read/search'
import { flushUsage, recordCall } from '@/lib/keys/usage/record'
import { useTestDatabase } from '@/lib/testing/database'
import { alterKey, hoursAway, makeKey, makeMember, makeOrganization, operator } from '@/lib/testing/fixtures'
import { makeManyKeys } from '@/lib/testing/many-keys'

useTestDatabase()

const DAY = 24

async function setUp() {
  const organization = await makeOrganization()
  const ctx = operator(organization)
  const search = (fields: Record<string, string> = {}) => searchKeys(ctx, searchKeysQuery.parse(fields))
  const namesOf = async (concern: string) => (await search({ concern, sort: 'name' })).data.map(({ name }) => name)
  return { organization, ctx, search, namesOf }
}

/** Rows as a creation makes them, all in use, without the time that creations take. */
async function insertKeys(organization_id: string, count: number) {
  const data = Array.from({ length: count }, (_, index) => {
    const id = randomUUID()
    const hash = new Uint8Array(randomBytes(32))
    const key_prefix = `lk_live_${String(index).padStart(6, '0')}`
    return { id, lineage_id: id, organization_id, environment: 'live' as const, name: `Key ${index}`, key_prefix, hash }
  })
  await prisma().apiKey.createMany({ data })
}

describe('the number of keys that match', () => {
  test('is told to the end up to a thousand, and above that as more', async () => {
    const { organization, search } = await setUp()
    expect((await search()).total).toEqual({ count: 0, exact: true })
    await insertKeys(organization.id, 1_000)
    expect((await search()).total).toEqual({ count: 1_000, exact: true })
    await insertKeys(organization.id, 1)
    expect((await search()).total).toEqual({ count: 1_000, exact: false })
    expect((await search({ q: 'Key 99' })).total).toEqual({ count: 11, exact: true })
  })

  test('is the same on every page', async () => {
    const { organization, search } = await setUp()
    await insertKeys(organization.id, 30)
    const first = await search()
    const second = await search({ cursor: first.next_cursor ?? '' })
    expect(second.data).toHaveLength(5)
    expect([first.total, second.total]).toEqual(Array(2).fill({ count: 30, exact: true }))
  })
})

test('each key of the list has its own calls by day', async () => {
  const { organization, search } = await setUp()
  const busy = await makeKey(organization)
  const quiet = await makeKey(organization)
  recordCall(busy.id, { at: hoursAway(0), scope: null, status: 200 })
  await flushUsage()
  const days = new Map((await search()).data.map(({ id, calls_by_day }) => [id, calls_by_day]))
  expect(days.get(busy.id)).toEqual([0, 0, 0, 0, 0, 0, 1])
  expect(days.get(quiet.id)).toEqual([0, 0, 0, 0, 0, 0, 0])
})

describe('a concern', () => {
  const used = (key_id: string, hours: number) =>
    prisma().keyLastUse.create({ data: { key_id, used_at: hoursAway(hours) } })

  test('for an expiry is of keys that end within thirty days', async () => {
    const { organization, namesOf } = await setUp()
    await makeKey(organization, { name: 'soon', expires_in_hours: 29 * DAY })
    await makeKey(organization, { name: 'later', expires_in_hours: 31 * DAY })
    await makeKey(organization, { name: 'never' })
    expect(await namesOf('expiring_30d')).toEqual(['soon'])
    expect(await namesOf('never_expires')).toEqual(['never'])
  })

  test('for idleness is of keys that were last used ninety days ago, or never', async () => {
    const { organization, namesOf } = await setUp()
    await used((await makeKey(organization, { name: 'idle' })).id, -91 * DAY)
    await used((await makeKey(organization, { name: 'busy' })).id, -89 * DAY)
    await makeKey(organization, { name: 'unused' })
    expect(await namesOf('idle_90d')).toEqual(['idle'])
    expect(await namesOf('never_used')).toEqual(['unused'])
  })

  test('for writing is of keys that may write and have not for sixty days', async () => {
    const { organization, namesOf } = await setUp()
    const old = { created_at: hoursAway(-61 * DAY) }
    const make = async (name: string, scopes: string[], fields: { created_at?: Date } = old) => {
      const { id } = await makeKey(organization, { name, scopes })
      await alterKey(id, fields)
      return id
    }
    const reads = await make('reads', ['contacts:write', 'contacts:read'])
    recordCall(reads, { at: hoursAway(-1), scope: 'contacts:read', status: 200 })
    const writes = await make('writes', ['contacts:write'])
    recordCall(writes, { at: hoursAway(-59 * DAY), scope: 'contacts:write', status: 201 })
    const wrote = await make('wrote', ['write:all'])
    recordCall(wrote, { at: hoursAway(-61 * DAY), scope: 'contacts:write', status: 201 })
    const refused = await make('refused', ['contacts:write'])
    for (const status of [403, 422, 429, 500]) {
      recordCall(refused, { at: hoursAway(-1), scope: 'contacts:write', status })
    }
    await make('admin', ['admin'])
    await make('reader', ['read:all', 'contacts:read'])
    await make('young', ['contacts:write'], {})
    await flushUsage()
    expect(await namesOf('unused_writes')).toEqual(['admin', 'reads', 'refused', 'wrote'])
  })

  test('is never of a key of the docs’ playground, which ends by itself within the hour', async () => {
    const organization = await makeOrganization()
    const { ctx } = await makeMember(organization)
    await mintPlaygroundKey(ctx, { resource: 'contacts' })
    expect(Object.values((await countConcerns(ctx)).counts)).toEqual([0, 0, 0, 0, 0])
  })

  test('is never of a key that works no more', async () => {
    const { organization, ctx, namesOf } = await setUp()
    const ended = [
      { revoked_at: hoursAway(0) },
      { expires_at: hoursAway(-1) },
      { rotated_at: hoursAway(-2), retires_at: hoursAway(-1) },
    ]
    for (const fields of ended) {
      for (const life of [{}, { expires_in_hours: 24 }]) {
        const { id } = await makeKey(organization, { scopes: ['admin'], ...life })
        await alterKey(id, { created_at: hoursAway(-100 * DAY), ...fields })
        await used(id, -100 * DAY)
      }
    }
    for (const concern of keyConcern.options) expect(await namesOf(concern), concern).toEqual([])
    expect(Object.values((await countConcerns(ctx)).counts)).toEqual([0, 0, 0, 0, 0])
  })

  test('is counted over all keys of the organisation, and of no other, as it is listed', async () => {
    const { organization, ctx, search } = await setUp()
    await makeKey(await makeOrganization())
    await makeManyKeys({ organization_id: organization.id, count: 60 })
    const rows = await prisma().apiKey.findMany({
      where: { organization_id: organization.id },
      orderBy: { name: 'asc' },
    })
    for (const [index, { id }] of rows.entries()) {
      if (index % 4 === 0)
        await prisma().keyLastUse.updateMany({ where: { key_id: id }, data: { used_at: hoursAway(-91 * DAY) } })
      const scope = index % 3 === 0 ? 'contacts:write' : 'contacts:read'
      recordCall(id, { at: hoursAway(index % 2 === 0 ? -1 : -61 * DAY), scope, status: index % 5 === 0 ? 403 : 200 })
    }
    await flushUsage()
    const { counts, among } = await countConcerns(ctx)
    expect(among).toBeNull()
    for (const concern of keyConcern.options) {
      expect((await search({ concern })).total.count, concern).toBe(counts[concern])
      expect(counts[concern], concern).toBeGreaterThan(0)
    }
    expect(counts.never_used).toBeLessThan(60)
  })

  test('is counted among the oldest keys in use, where there are more than are looked at', async () => {
    const organization = await makeOrganization({ plan: 'enterprise' })
    const ctx = operator(organization)
    await makeManyKeys({ organization_id: organization.id, count: Math.ceil(MOST_LOOKED_AT * 1.3) })
    await makeKey(organization, { expires_in_hours: 24 })
    const { counts, among } = await countConcerns(ctx)
    expect(among).toBe(MOST_LOOKED_AT)
    expect(counts.never_expires + counts.expiring_30d).toBeLessThanOrEqual(MOST_LOOKED_AT)
    const soon = await prisma().apiKey.count({
      where: { organization_id: organization.id, revoked_at: null, expires_at: { gt: new Date() } },
    })
    expect(counts.expiring_30d).toBeLessThan(soon)
  })
})

test('the keys in some state are counted among the newest ten thousand', async () => {
  const organization = await makeOrganization({ plan: 'enterprise' })
  const ctx = operator(organization)
  const { id } = await makeKey(organization)
  await alterKey(id, { created_at: hoursAway(-1), revoked_at: hoursAway(0) })
  const revoked = searchKeysQuery.parse({ status: 'revoked' })
  expect((await searchKeys(ctx, revoked)).total).toEqual({ count: 1, exact: true })
  await makeManyKeys({ organization_id: organization.id, count: 10_000 })
  await prisma().apiKey.updateMany({
    where: { organization_id: organization.id, id: { not: id } },
    data: { revoked_at: null },
  })
  const { data, total } = await searchKeys(ctx, revoked)
  expect(data).toMatchObject([{ id }])
  expect(total).toEqual({ count: 1, exact: false })
})
