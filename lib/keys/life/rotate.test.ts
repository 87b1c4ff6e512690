import { describe, expect, test } from 'vitest'
import { HOUR_MS } from '@/lib/base/time'
import { prisma } from '@/lib/kernel/db/client'
import { authenticate } from '@/lib/keys/authenticate/authenticate'
import { rotateKeyInput } from '@/lib/keys/contract'
import { createKey } from '@/lib/keys/life/create'
import { deleteKey } from '@/lib/keys/life/delete'
import { reactivateKey } from '@/lib/keys/life/revocation/reactivate'
import { revokeKey } from '@/lib/keys/life/revocation/revoke'
import { rotateKey } from '@/lib/keys/life/rotate'
import { updateKey } from '@/lib/keys/life/update'
import { getKey } from '@/lib/keys/read/get'
import { callApi, readProblem } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { alterKey, auditOf, hoursAway, keyInput, makeKey, makeOrganization, operator } from '@/lib/testing/fixtures'

useTestDatabase()

const refusalOf = async (key: string) => (await authenticate(key, null))?.refusal

async function setUp(fields: Parameters<typeof makeKey>[1] = {}, organizationFields = {}) {
  const organization = await makeOrganization(organizationFields)
  const old = await makeKey(organization, fields)
  return { organization, ctx: operator(organization), old }
}

describe('a rotation', () => {
  test('makes a successor with a new id and secret, and the same everything else', async () => {
    const fields = {
      name: 'CRM',
      description: 'Nightly',
      environment: 'test' as const,
      scopes: ['contacts:read'],
      allowed_ips: ['203.0.113.0/24'],
      rate_limit: 50,
    }
    const { ctx, old } = await setUp(fields)
    const successor = await rotateKey(ctx, { id: old.id, grace_hours: 24 })
    expect(successor).toMatchObject({ ...fields, status: 'active', expires_at: null })
    expect(successor.id).not.toBe(old.id)
    expect(successor.key).not.toBe(old.key)
    expect(await getKey(ctx, { id: old.id })).toMatchObject({ status: 'retiring', successor_id: successor.id })
  })

  test('lets the old key live for the grace, and the new one at once', async () => {
    const { ctx, old } = await setUp()
    const successor = await rotateKey(ctx, { id: old.id, grace_hours: 1 })
    expect(await refusalOf(old.key)).toBeNull()
    expect(await refusalOf(successor.key)).toBeNull()
    const { rotated_at, retires_at } = await getKey(ctx, { id: old.id })
    expect(Number(retires_at) - Number(rotated_at)).toBe(HOUR_MS)
    await alterKey(old.id, { retires_at: new Date(Date.now() - 1) })
    expect(await refusalOf(old.key)).toBe('rotated_key')
    expect(await refusalOf(successor.key)).toBeNull()
  })

  test('without grace ends the old key at once', async () => {
    const { ctx, old } = await setUp()
    await rotateKey(ctx, { id: old.id, grace_hours: 0 })
    expect(await refusalOf(old.key)).toBe('rotated_key')
    expect(await getKey(ctx, { id: old.id })).toMatchObject({ status: 'rotated' })
  })

  test('never lets the old key live past its own expiry', async () => {
    const { ctx, old } = await setUp({ expires_in_hours: 2 })
    const successor = await rotateKey(ctx, { id: old.id, grace_hours: 168 })
    const after = await getKey(ctx, { id: old.id })
    expect(after.retires_at).toEqual(old.expires_at)
    expect(after.expires_at).toEqual(old.expires_at)
    expect(successor.expires_at).toBeNull()
  })

  test('gives the successor an expiry of its own', async () => {
    const { ctx, old } = await setUp({ expires_in_hours: 2 })
    const successor = await rotateKey(ctx, { id: old.id, grace_hours: 1, expires_in_hours: 100 })
    expect(Number(successor.expires_at) - Number(successor.created_at)).toBe(100 * HOUR_MS)
  })

  test('that fails leaves the old key as it was', async () => {
    const { ctx, old } = await setUp()
    await expect(rotateKey(ctx, { id: old.id, grace_hours: 0, expires_at: hoursAway(-1) })).rejects.toMatchObject({
      code: 'validation_failed',
    })
    expect(await refusalOf(old.key)).toBeNull()
    expect(await getKey(ctx, { id: old.id })).toMatchObject({ status: 'active', rotated_at: null })
  })

  test('is audited once, with both keys, the facts that they share, and no secret', async () => {
    const { ctx, old } = await setUp()
    const successor = await rotateKey(ctx, { id: old.id, grace_hours: 1, expires_in_hours: 100 })
    const entries = [...(await auditOf(old.id)), ...(await auditOf(successor.id))]
    expect(entries.map(({ action }) => action)).toEqual(['api_key.created', 'api_key.rotated'])
    const { name, description, environment, scopes, allowed_ips, rate_limit } = old
    const shared = { name, description, environment, scopes, allowed_ips, rate_limit }
    const { retires_at } = await getKey(ctx, { id: old.id })
    expect(entries[1]).toMatchObject({
      target_label: old.key_prefix,
      before: shared,
      after: {
        ...shared,
        successor: successor.key_prefix,
        successor_id: successor.id,
        successor_expires_at: successor.expires_at?.toISOString(),
        retires_at: retires_at?.toISOString(),
      },
    })
    for (const { key } of [old, successor]) expect(JSON.stringify(entries)).not.toContain(key.slice(14))
  })

  test('needs no place among the plan’s keys, and gives none: with and without a grace, also past a plan that was lowered', async () => {
    for (const [grace_hours, keys] of [
      [0, 20],
      [24, 20],
      [24, 22],
    ] as const) {
      const { organization, ctx, old } = await setUp({}, { plan: 'pro' })
      for (let more = 1; more < keys; more++) await makeKey(organization)
      const free = { ...ctx, organization: { ...organization, plan: 'free' as const } }
      const successor = await rotateKey(free, { id: old.id, grace_hours })
      expect(await refusalOf(successor.key)).toBeNull()
      await expect(createKey(free, keyInput())).rejects.toMatchObject({ code: 'key_limit_reached' })
      // Neither does a revocation, as long as another of the lineage works.
      await revokeKey(ctx, { id: successor.id, leaked: false })
      const created = createKey(free, keyInput()).then(
        () => 'created',
        ({ code }) => code,
      )
      expect(await created).toBe(grace_hours === 0 ? 'created' : 'key_limit_reached')
    }
  })

  test('in its grace counts with its successor as one key', async () => {
    const { organization, ctx, old } = await setUp({}, { plan: 'free' })
    await rotateKey(ctx, { id: old.id, grace_hours: 24 })
    for (let more = 1; more < 20; more++) await makeKey(organization)
    await expect(makeKey(organization)).rejects.toMatchObject({ code: 'key_limit_reached' })
  })

  test('comes to an end within the graces of those before', async () => {
    const { ctx, old } = await setUp()
    let last = old
    for (let round = 1; round < 10; round++) last = await rotateKey(ctx, { id: last.id, grace_hours: 24 })
    await expect(rotateKey(ctx, { id: last.id, grace_hours: 24 })).rejects.toMatchObject({ code: 'key_limit_reached' })
    await revokeKey(ctx, { id: old.id, leaked: false })
    await expect(rotateKey(ctx, { id: last.id, grace_hours: 24 })).resolves.toBeDefined()
  })
})

describe('a lineage', () => {
  test('shares one rate limit over all its keys', async () => {
    const { ctx, old } = await setUp({ rate_limit: 5 })
    const second = await rotateKey(ctx, { id: old.id, grace_hours: 24 })
    const third = await rotateKey(ctx, { id: second.id, grace_hours: 24 })
    const keys = [old.key, second.key, third.key]
    for (const key of [...keys, old.key, second.key]) expect(await refusalOf(key)).toBeNull()
    for (const key of keys) expect(await refusalOf(key)).toBe('rate_limited')
  })

  test('is no other key’s', async () => {
    const { organization, old } = await setUp({ rate_limit: 1 })
    const other = await makeKey(organization, { rate_limit: 1 })
    expect(await refusalOf(old.key)).toBeNull()
    expect(await refusalOf(other.key)).toBeNull()
  })
})

describe('a key that is no longer in use cannot be rotated:', () => {
  test.each([
    ['revoked', { revoked_at: new Date() }],
    ['expired', { expires_at: hoursAway(-1) }],
    ['retiring', { rotated_at: new Date(), retires_at: hoursAway(1) }],
    ['rotated', { rotated_at: new Date(), retires_at: hoursAway(-1) }],
  ])('%s', async (status, data) => {
    const { ctx, old, organization } = await setUp()
    await alterKey(old.id, data)
    await expect(rotateKey(ctx, { id: old.id, grace_hours: 0 })).rejects.toMatchObject({
      code: 'key_state',
      detail: expect.stringContaining(status),
    })
    expect(await prisma().apiKey.count({ where: { organization_id: organization.id } })).toBe(1)
  })

  test('two rotations at once make one successor', async () => {
    const { ctx, old, organization } = await setUp()
    const settled = await Promise.allSettled(
      Array.from({ length: 8 }, () => rotateKey(ctx, { id: old.id, grace_hours: 24 })),
    )
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await prisma().apiKey.count({ where: { organization_id: organization.id } })).toBe(2)
  })

  test('and revoked in its grace, it is not reactivated', async () => {
    const { ctx, old } = await setUp()
    await rotateKey(ctx, { id: old.id, grace_hours: 24 })
    await revokeKey(ctx, { id: old.id, leaked: false })
    expect(await refusalOf(old.key)).toBe('revoked_key')
    await expect(reactivateKey(ctx, { id: old.id })).rejects.toMatchObject({ code: 'key_state' })
  })
})

test.each([
  {},
  { grace_hours: 2 },
  { grace_hours: -1 },
  { grace_hours: '24' },
  { grace_hours: null },
  { grace_hours: 1e9 },
])('the grace is one of four: %j is refused', (input) => {
  expect(rotateKeyInput.safeParse(input).error?.issues[0]?.path).toEqual(['grace_hours'])
})

test('a rotation changes nothing of the old key’s name, scopes, allowlist or limit on the way', () => {
  for (const field of ['name', 'scopes', 'allowed_ips', 'rate_limit', 'environment', 'lineage_id']) {
    expect(rotateKeyInput.safeParse({ grace_hours: 0, [field]: 'x' }).error?.issues[0]?.code).toBe('unrecognized_keys')
  }
})

describe('the refusal of a rotated key', () => {
  const refusal = async (key: string) => readProblem(await callApi('/me', { key }))

  test('names the successor, and after more rotations the last of them, and nothing secret', async () => {
    const { ctx, old } = await setUp({ name: 'CRM' })
    const second = await rotateKey(ctx, { id: old.id, grace_hours: 0 })
    expect((await refusal(old.key)).detail).toContain(`Use its successor, “CRM” (${second.key_prefix}).`)
    const third = await rotateKey(ctx, { id: second.id, grace_hours: 0 })
    await updateKey(ctx, { id: third.id, changes: { name: 'CRM, new' } })
    for (const { key } of [old, second]) {
      const problem = await refusal(key)
      expect(problem).toMatchObject({ status: 401, code: 'rotated_key' })
      expect(problem.detail).toContain(`Use its successor, “CRM, new” (${third.key_prefix}).`)
      expect(JSON.stringify(problem)).not.toContain(third.key.slice(14))
    }
  })

  test('names none where it was deleted', async () => {
    const { ctx, old } = await setUp()
    const { id, key_prefix } = await rotateKey(ctx, { id: old.id, grace_hours: 0 })
    await deleteKey(ctx, { id })
    const { detail } = await refusal(old.key)
    expect(detail).toContain('Its successor was deleted.')
    expect(detail).not.toContain(key_prefix)
  })
})
