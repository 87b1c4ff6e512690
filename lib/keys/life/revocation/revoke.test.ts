import { describe, expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { authenticate } from '@/lib/keys/authenticate/authenticate'
import { deleteKey } from '@/lib/keys/life/delete'
import { reactivateKey } from '@/lib/keys/life/revocation/reactivate'
import { revokeKey } from '@/lib/keys/life/revocation/revoke'
import { rotateKey } from '@/lib/keys/life/rotate'
import { getKey } from '@/lib/keys/read/get'
import { useTestDatabase } from '@/lib/testing/database'
import { alterKey, auditOf, hoursAway, makeKey, makeOrganization, operator, unusedId } from '@/lib/testing/fixtures'
import { overlap } from '@/lib/testing/overlap'

useTestDatabase()

const refusalOf = async (key: string) => (await authenticate(key, null))?.refusal

async function setUp(fields: Parameters<typeof makeKey>[1] = {}) {
  const organization = await makeOrganization()
  return { organization, ctx: operator(organization), key: await makeKey(organization, fields) }
}

const actionsOf = async (id: string) => (await auditOf(id)).map(({ action }) => action.replace('api_key.', ''))

describe('a revocation', () => {
  test('holds from the moment it returns, for every call that begins after it', async () => {
    const { ctx, key } = await setUp()
    let returned = false
    let stopped = false
    const calls: { began_after: boolean; refusal: string | null | undefined }[] = []
    const caller = async () => {
      while (!stopped) {
        const began_after = returned
        calls.push({ began_after, refusal: await refusalOf(key.key) })
      }
    }
    const callers = Array.from({ length: 12 }, caller)
    while (calls.length < 100) await refusalOf(key.key)
    await revokeKey(ctx, { id: key.id, leaked: false })
    returned = true
    while (calls.filter(({ began_after }) => began_after).length < 200) await refusalOf(key.key)
    stopped = true
    await Promise.all(callers)
    expect(calls.filter(({ refusal }) => refusal === null).length).toBeGreaterThan(50)
    for (const { refusal } of calls.filter(({ began_after }) => began_after)) expect(refusal).toBe('revoked_key')
  })

  test('a second time changes nothing and is not audited again', async () => {
    const { ctx, key } = await setUp()
    const first = await revokeKey(ctx, { id: key.id, reason: 'Not used', leaked: false })
    expect(await revokeKey(ctx, { id: key.id, reason: 'Again', leaked: false })).toEqual(first)
    expect(first).toMatchObject({ status: 'revoked', revoked_reason: 'Not used', leaked: false })
    expect(await actionsOf(key.id)).toEqual(['created', 'revoked'])
  })

  test('by many at once is one', async () => {
    const { ctx, key } = await setUp()
    const replies = await Promise.all(Array.from({ length: 8 }, () => revokeKey(ctx, { id: key.id, leaked: false })))
    expect(new Set(replies.map(({ revoked_at }) => Number(revoked_at))).size).toBe(1)
    expect(await actionsOf(key.id)).toEqual(['created', 'revoked'])
  })

  test('as leaked is recorded later too, with the first date', async () => {
    const { ctx, key } = await setUp()
    const first = await revokeKey(ctx, { id: key.id, leaked: false })
    const second = await revokeKey(ctx, { id: key.id, reason: 'Seen on GitHub', leaked: true })
    expect(second).toMatchObject({ leaked: true, revoked_at: first.revoked_at, revoked_reason: 'Seen on GitHub' })
    const third = await revokeKey(ctx, { id: key.id, leaked: false })
    expect(third.leaked).toBe(true)
    expect(await revokeKey(ctx, { id: key.id, reason: 'Seen again', leaked: true })).toEqual(second)
    expect(await actionsOf(key.id)).toEqual(['created', 'revoked', 'revoked'])
  })

  test('is audited with its reason', async () => {
    const { ctx, key } = await setUp()
    await revokeKey(ctx, { id: key.id, reason: 'Contractor left', leaked: false })
    expect((await auditOf(key.id)).at(-1)).toMatchObject({ action: 'api_key.revoked', reason: 'Contractor left' })
  })
})

describe('a reactivation', () => {
  test('makes the same key good again, with the expiry that it had', async () => {
    const { ctx, key } = await setUp({ expires_in_hours: 10 })
    await revokeKey(ctx, { id: key.id, reason: 'By mistake', leaked: false })
    const again = await reactivateKey(ctx, { id: key.id })
    expect(again).toMatchObject({
      status: 'active',
      revoked_at: null,
      revoked_reason: null,
      expires_at: key.expires_at,
    })
    expect(await refusalOf(key.key)).toBeNull()
    expect(await actionsOf(key.id)).toEqual(['created', 'revoked', 'reactivated'])
  })

  test.each([
    ['is not revoked', { revoked_at: null }],
    ['was revoked as leaked', { leaked: true }],
    ['has expired', { expires_at: hoursAway(-1) }],
    ['was rotated', { rotated_at: new Date(), retires_at: hoursAway(-1) }],
    ['is in the grace of a rotation', { rotated_at: new Date(), retires_at: hoursAway(1) }],
  ])('is refused when the key %s', async (_, data) => {
    const { ctx, key } = await setUp()
    await alterKey(key.id, { revoked_at: new Date(), ...data })
    const before = await getKey(ctx, { id: key.id })
    await expect(reactivateKey(ctx, { id: key.id })).rejects.toMatchObject({ code: 'key_state' })
    expect(await getKey(ctx, { id: key.id })).toMatchObject({ revoked_at: before.revoked_at, status: before.status })
    expect(await actionsOf(key.id)).toEqual(['created'])
  })

  test('needs a place among the plan’s keys', async () => {
    const organization = await makeOrganization({ plan: 'free' })
    const ctx = operator(organization)
    const key = await makeKey(organization)
    await revokeKey(ctx, { id: key.id, leaked: false })
    for (let more = 0; more < 20; more++) await makeKey(organization)
    await expect(reactivateKey(ctx, { id: key.id })).rejects.toMatchObject({ code: 'key_limit_reached' })
    expect(await refusalOf(key.key)).toBe('revoked_key')
  })

  test('has the place that its lineage has still', async () => {
    const organization = await makeOrganization({ plan: 'free' })
    const ctx = operator(organization)
    const old = await makeKey(organization)
    const successor = await rotateKey(ctx, { id: old.id, grace_hours: 24 })
    await revokeKey(ctx, { id: successor.id, leaked: false })
    for (let more = 0; more < 19; more++) await makeKey(organization)
    await expect(reactivateKey(ctx, { id: successor.id })).resolves.toMatchObject({ status: 'active' })
  })
})

describe('a deletion', () => {
  test('is for good, in any state, and its audit entries stay', async () => {
    for (const data of [{}, { revoked_at: new Date() }, { expires_at: hoursAway(-1) }, { leaked: true }]) {
      const { ctx, key } = await setUp()
      await authenticate(key.key, null)
      await alterKey(key.id, data)
      await deleteKey(ctx, { id: key.id })
      expect(await authenticate(key.key, null)).toBeNull()
      expect(await actionsOf(key.id)).toEqual(['created', 'deleted'])
    }
  })

  test('of a successor or a predecessor leaves the other as it is', async () => {
    const { ctx, key, organization } = await setUp()
    const successor = await rotateKey(ctx, { id: key.id, grace_hours: 24 })
    await deleteKey(ctx, { id: successor.id })
    expect(await getKey(ctx, { id: key.id })).toMatchObject({ status: 'retiring', successor_id: null })
    await deleteKey(ctx, { id: key.id })
    expect(await prisma().apiKey.count({ where: { organization_id: organization.id } })).toBe(0)
  })

  test('is never undone by a reactivation at the same time', async () => {
    const { ctx, key } = await setUp()
    await revokeKey(ctx, { id: key.id, leaked: false })
    const reactivation = overlap(
      (db) => deleteKey({ ...ctx, db }, { id: key.id }),
      () => reactivateKey(ctx, { id: key.id }),
    )
    await expect(reactivation).rejects.toMatchObject({ code: 'not_found' })
    expect(await authenticate(key.key, null)).toBeNull()
  })
})

describe('a key that is not there', () => {
  test('is not found by any verb, and another organisation’s neither', async () => {
    const { ctx } = await setUp()
    const foreign = await makeKey(await makeOrganization())
    for (const id of [unusedId(), foreign.id]) {
      const missing = { code: 'not_found', detail: 'There is no such API key.' }
      await expect(revokeKey(ctx, { id, leaked: true })).rejects.toMatchObject(missing)
      await expect(reactivateKey(ctx, { id })).rejects.toMatchObject(missing)
      await expect(deleteKey(ctx, { id })).rejects.toMatchObject(missing)
    }
    expect(await refusalOf(foreign.key)).toBeNull()
  })
})
