import { describe, expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { inBulkTransaction, inTransaction } from '@/lib/kernel/db/transaction'
import { createKey } from '@/lib/keys/life/create'
import { reactivateKey } from '@/lib/keys/life/revocation/reactivate'
import { revokeKey } from '@/lib/keys/life/revocation/revoke'
import { updateKey } from '@/lib/keys/life/update'
import type { KeyDecisions } from '@/lib/people/members/contract'
import { lockDecidedKeys } from '@/lib/people/members/key-decisions'
import { listAffectedKeys } from '@/lib/people/members/list-affected-keys'
import { removeMember } from '@/lib/people/members/remove'
import { updateMember } from '@/lib/people/members/update'
import { useTestDatabase } from '@/lib/testing/database'
import { auditOf, hoursAway, keyInput, makeMember, makeOrganization } from '@/lib/testing/fixtures'
import { makeManyKeys } from '@/lib/testing/many-keys'
import { overlap } from '@/lib/testing/overlap'

useTestDatabase()

/** A chief, and a maker of three keys. */
async function setUp() {
  const organization = await makeOrganization()
  const [chief, maker] = [await makeMember(organization), await makeMember(organization)]
  const { id } = maker.user
  const make = (name = 'a key') => createKey(maker.ctx, keyInput({ name, scopes: ['contacts:write'] }))
  const keys = [await make('one'), await make('two'), await make('three')]
  const affected = (q?: string) => listAffectedKeys(chief.ctx, { id, changes: null, q })
  const look = async () => (await affected()).seen ?? ''
  const remove = (decisions: Partial<KeyDecisions>) =>
    removeMember(chief.ctx, { id, keys: { keep: [], revoke: [], ...decisions } })
  return { organization, chief, maker, id, make, keys, affected, look, remove }
}

/** The names of the person's keys that work still. */
async function working(created_by: string): Promise<string[]> {
  const rows = await prisma().apiKey.findMany({ where: { created_by, revoked_at: null }, orderBy: { name: 'asc' } })
  return rows.map(({ name }) => name)
}

describe('a decision about all keys', () => {
  test('keeps all that were seen but the excepted, and the audit says how many', async () => {
    const { id, keys, look, remove } = await setUp()
    const [excepted] = keys
    await remove({ others: 'keep', seen: await look(), revoke: [excepted?.id ?? ''] })
    expect(await working(id)).toEqual(['three', 'two'])
    expect((await auditOf(id)).at(-1)?.after).toMatchObject({
      keys_revoked: [excepted?.key_prefix],
      revoked_count: 1,
      keys_kept: [keys[2]?.key_prefix, keys[1]?.key_prefix],
      kept_count: 2,
    })
  })

  test('revokes all but the excepted, also those that were made after the keys were told', async () => {
    const { id, keys, make, look, remove } = await setUp()
    expect(await look()).not.toBe('')
    await make('late')
    await remove({ others: 'revoke', keep: [keys[1]?.id ?? ''] })
    expect(await working(id)).toEqual(['two'])
    expect((await auditOf(id)).at(-1)?.after).toMatchObject({ revoked_count: 3, kept_count: 1 })
  })

  test('audits each revocation as a single one is', async () => {
    const { chief, keys, id, remove } = await setUp()
    const [one, other] = keys
    await revokeKey(chief.ctx, { id: one?.id ?? '', reason: 'Alone.', leaked: false })
    await remove({ others: 'revoke' })
    const [alone, among] = [(await auditOf(one?.id ?? '')).at(-1), (await auditOf(other?.id ?? '')).at(-1)]
    expect(among).toEqual({
      ...alone,
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/),
      at: expect.any(Date),
      target_id: other?.id,
      target_label: other?.key_prefix,
      reason: `${(await prisma().user.findUniqueOrThrow({ where: { id } })).email} was removed.`,
    })
    expect(Math.abs(Number.parseInt(among?.id.replace('-', '').slice(0, 12) ?? '', 16) - Date.now())).toBeLessThan(
      60_000,
    )
  })

  test('is made anew for a change of the role', async () => {
    const { chief, id, look } = await setUp()
    const keys = { keep: [], revoke: [], others: 'keep' as const, seen: await look() }
    const demoting = updateMember(chief.ctx, { id, changes: { role: 'member' }, keys })
    await expect(demoting).rejects.toMatchObject({ code: 'invalid_cursor' })
    const { seen } = await listAffectedKeys(chief.ctx, { id, changes: { role: 'member' } })
    await updateMember(chief.ctx, { id, changes: { role: 'member' }, keys: { ...keys, seen: seen ?? '' } })
    expect(await working(id)).toHaveLength(3)
  })

  test('that was told about another person is none', async () => {
    const { remove } = await setUp()
    const { look } = await setUp()
    await expect(remove({ others: 'keep', seen: await look() })).rejects.toMatchObject({ code: 'invalid_cursor' })
  })
})

describe('to keep all is refused, and nothing happens, for a key that since it was told', () => {
  const refused = (prefix: string | undefined) => ({
    code: 'wrong_state',
    detail: expect.stringContaining(prefix ?? '-'),
  })

  test('was made', async () => {
    const { id, make, look, remove } = await setUp()
    const seen = await look()
    const late = await make('late')
    await expect(remove({ others: 'keep', seen })).rejects.toMatchObject(refused(late.key_prefix))
    expect(await working(id)).toHaveLength(4)
    expect(await prisma().membership.count({ where: { user_id: id } })).toBe(1)
    await remove({ others: 'keep', seen, keep: [late.id] })
    expect(await working(id)).toHaveLength(4)
  })

  test('was made by a transaction that was under way by then', async () => {
    const { maker, look, remove } = await setUp()
    const seen = await inBulkTransaction(async (db) => {
      await createKey({ ...maker.ctx, db }, keyInput({ name: 'under way' }))
      return look()
    })
    await expect(remove({ others: 'keep', seen })).rejects.toMatchObject({ code: 'wrong_state' })
    await remove({ others: 'keep', seen: await look() })
  })

  test('was reactivated, or opened to more', async () => {
    const { chief, keys, look, remove } = await setUp()
    const [one, other] = keys
    await revokeKey(chief.ctx, { id: one?.id ?? '', leaked: false })
    let seen = await look()
    await reactivateKey(chief.ctx, { id: one?.id ?? '' })
    await expect(remove({ others: 'keep', seen })).rejects.toMatchObject(refused(one?.key_prefix))
    seen = await look()
    await updateKey(chief.ctx, { id: other?.id ?? '', changes: { scopes: ['admin'] } })
    await expect(remove({ others: 'keep', seen })).rejects.toMatchObject(refused(other?.key_prefix))
  })

  test('not for one that has ended', async () => {
    const { chief, id, keys, look, remove } = await setUp()
    const seen = await look()
    await revokeKey(chief.ctx, { id: keys[0]?.id ?? '', leaked: false })
    await remove({ others: 'keep', seen })
    expect(await working(id)).toEqual(['three', 'two'])
  })
})

describe('the keys that it is about', () => {
  test('are told in number, and a hundred of them by their last use', async () => {
    const { organization, id, keys, affected } = await setUp()
    await makeManyKeys({ organization_id: organization.id, created_by: id, count: 200 })
    const used = keys[1]?.id ?? ''
    await prisma().keyLastUse.create({ data: { key_id: used, used_at: hoursAway(0) } })
    const told = await affected()
    // Of the many 41 have ended.
    expect(told).toMatchObject({ count: 162, found: 162, keys: { length: 100 } })
    expect(told.keys[0]).toMatchObject({ id: used, name: 'two', scopes: ['contacts:write'] })
    const uses = told.keys.map(({ last_used_at }) => last_used_at?.getTime() ?? 0)
    expect(uses).toEqual(uses.toSorted((one, other) => other - one))
  })

  test('are found by part of their name and the start of their prefix, literally', async () => {
    const { make, affected } = await setUp()
    const made = await make('100% sure')
    const found = async (q: string) => {
      const { found, keys, count } = await affected(q)
      expect([found, count]).toEqual([keys.length, 4])
      return keys.map(({ name }) => name)
    }
    expect(await found('THREE')).toEqual(['three'])
    expect(await found('0%')).toEqual(['100% sure'])
    expect(await found('%%')).toEqual([])
    expect(await found(made.key_prefix)).toEqual(['100% sure'])
  })
})

test('a removal waits for a key that is being made, and revokes it too', async () => {
  const { maker, id, remove } = await setUp()
  await overlap(
    (db) => createKey({ ...maker.ctx, db }, keyInput({ name: 'under way' })),
    () => remove({ others: 'revoke' }),
  )
  expect(await working(id)).toEqual([])
})

test('what is to be revoked is locked beforehand, and nothing of another person or organisation', async () => {
  const { organization, chief, id, keys } = await setUp()
  const others = await makeMember(organization)
  const theirs = await createKey(others.ctx, keyInput())
  await inTransaction(chief.ctx, async (ctx) => {
    await lockDecidedKeys(ctx, id, { keep: [], revoke: [], others: 'revoke' })
    const free = await prisma().$queryRaw<{ id: string }[]>`
      SELECT id FROM api_keys WHERE organization_id = ${organization.id}::uuid FOR SHARE SKIP LOCKED`
    expect(free.map((row) => row.id)).toEqual([theirs.id])
    expect(keys).toHaveLength(3)
  })
})
