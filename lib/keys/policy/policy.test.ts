import { describe, expect, test } from 'vitest'
import { HOUR_MS } from '@/lib/base/time'
import type { Role } from '@/lib/kernel/db/generated/enums'
import { createKey } from '@/lib/keys/life/create'
import { rotateKey } from '@/lib/keys/life/rotate'
import { updateKey } from '@/lib/keys/life/update'
import { NO_POLICY, type Policy, policyInput } from '@/lib/keys/policy/contract'
import { getPolicy } from '@/lib/keys/policy/get'
import { listBreaches } from '@/lib/keys/policy/list-breaches'
import { updatePolicy } from '@/lib/keys/policy/update'
import { callApi } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import {
  alterKey,
  auditOf,
  hoursAway,
  keyInput,
  makeKey,
  makeMember,
  makeOrganization,
  operator,
} from '@/lib/testing/fixtures'
import { overlap } from '@/lib/testing/overlap'

useTestDatabase()

const policy = (fields: Partial<Policy>) => policyInput.parse({ ...NO_POLICY, ...fields })

async function setUp(fields: Partial<Policy> = {}, role: Role = 'admin') {
  const organization = await makeOrganization()
  const member = await makeMember(organization, role)
  const set = (changed: Partial<Policy>) => updatePolicy(operator(organization), policy(changed))
  await set(fields)
  return { organization, ...member, set }
}

const wrong = (path: string) => ({ code: 'validation_failed', facts: { errors: [{ path }] } })

describe('a new key', () => {
  test('must expire where the policy says so', async () => {
    const { ctx } = await setUp({ keys_must_expire: true })
    await expect(createKey(ctx, keyInput())).rejects.toMatchObject(wrong('expires_at'))
    await expect(createKey(ctx, keyInput({ expires_in_hours: 8_760 }))).resolves.toBeDefined()
  })

  test('lives no longer than the policy allows, to the hour', async () => {
    const { ctx } = await setUp({ longest_lifetime_hours: 24 })
    await expect(createKey(ctx, keyInput({ expires_in_hours: 25 }))).rejects.toMatchObject(wrong('expires_at'))
    await expect(createKey(ctx, keyInput({ expires_in_hours: 24 }))).resolves.toBeDefined()
    await expect(createKey(ctx, keyInput()), 'without an expiry').resolves.toBeDefined()
  })

  test('may be used from nowhere outside the policy’s ranges', async () => {
    const { ctx } = await setUp({ allowed_ranges: ['203.0.113.0/24', '2001:db8::/32'] })
    for (const allowed_ips of [[], ['198.51.100.1'], ['203.0.113.9', '203.0.0.0/16'], ['203.0.112.0/23']]) {
      await expect(createKey(ctx, keyInput({ allowed_ips })), String(allowed_ips)).rejects.toMatchObject(
        wrong('allowed_ips'),
      )
    }
    const allowed_ips = ['203.0.113.9', '203.0.113.0/25', '2001:db8:1::/48']
    await expect(createKey(ctx, keyInput({ allowed_ips }))).resolves.toBeDefined()
  })

  test('of a Read-Only Admin lives 72 hours, or less where the policy asks for less', async () => {
    const { ctx, set } = await setUp({ longest_lifetime_hours: 5, keys_must_expire: true }, 'read_only_admin')
    const hours = async () => {
      const { expires_at, created_at } = await createKey(ctx, keyInput())
      return ((expires_at?.getTime() ?? 0) - created_at.getTime()) / HOUR_MS
    }
    expect(await hours()).toBe(5)
    await set({ longest_lifetime_hours: 1_000 })
    expect(await hours()).toBe(72)
  })

  test('made by a key is bound too', async () => {
    const { organization, set } = await setUp()
    const { key } = await makeKey(organization, { scopes: ['admin'] })
    await set({ keys_must_expire: true })
    const body = { name: 'made by a key', scopes: [] }
    const response = await callApi('/api_keys', { method: 'POST', key, body })
    expect(response.status).toBe(422)
  })

  test('that is being made when the policy is set is made before it, and told as breaking it', async () => {
    const { organization, ctx } = await setUp()
    await overlap(
      (db) => createKey({ ...ctx, db }, keyInput()),
      () => updatePolicy(operator(organization), policy({ keys_must_expire: true })),
    )
    expect((await listBreaches(ctx)).count).toBe(1)
  })

  test('that is asked for while the policy is being set is held to it', async () => {
    const { organization, ctx } = await setUp()
    const making = overlap(
      (db) => updatePolicy({ ...operator(organization), db }, policy({ keys_must_expire: true })),
      () => createKey(ctx, keyInput()),
    )
    await expect(making).rejects.toMatchObject(wrong('expires_at'))
    expect((await listBreaches(ctx)).count).toBe(0)
  })
})

describe('an existing key', () => {
  test('goes on as it is, and is named with the rules that it breaks', async () => {
    const { organization, ctx, set } = await setUp()
    const ever = await makeKey(organization, { name: 'for ever', scopes: ['contacts:read'] })
    const long = await makeKey(organization, { name: 'long', expires_in_hours: 100, allowed_ips: ['203.0.113.9'] })
    await makeKey(organization, { name: 'good', expires_in_hours: 10, allowed_ips: ['203.0.113.9'] })
    await set({ keys_must_expire: true, longest_lifetime_hours: 24, allowed_ranges: ['203.0.113.0/24'] })
    expect((await callApi('/contacts', { key: ever.key })).status).toBe(200)
    expect(await listBreaches(ctx)).toEqual({
      count: 2,
      exact: true,
      keys: [
        { id: ever.id, name: 'for ever', key_prefix: ever.key_prefix, rules: ['expiry', 'addresses'] },
        { id: long.id, name: 'long', key_prefix: long.key_prefix, rules: ['lifetime'] },
      ],
    })
  })

  test('that works no more, or is another organisation’s, breaks nothing', async () => {
    const { organization, ctx, set } = await setUp()
    for (const fields of [{ revoked_at: hoursAway(-1) }, { rotated_at: hoursAway(-2), retires_at: hoursAway(-1) }]) {
      await alterKey((await makeKey(organization)).id, fields)
    }
    await makeKey(await makeOrganization())
    await set({ keys_must_expire: true })
    expect(await listBreaches(ctx)).toEqual({ count: 0, exact: true, keys: [] })
  })

  test('can be renamed, but not opened to addresses beyond the policy', async () => {
    const { organization, ctx, set } = await setUp()
    const { id } = await makeKey(organization)
    await set({ keys_must_expire: true, allowed_ranges: ['203.0.113.0/24'] })
    await expect(updateKey(ctx, { id, changes: { name: 'renamed' } })).resolves.toBeDefined()
    await expect(updateKey(ctx, { id, changes: { allowed_ips: ['198.51.100.1'] } })).rejects.toMatchObject(
      wrong('allowed_ips'),
    )
    await expect(updateKey(ctx, { id, changes: { allowed_ips: ['203.0.113.1'] } })).resolves.toBeDefined()
  })

  test('is rotated into one that the policy allows, or not at all', async () => {
    const { organization, ctx, set } = await setUp()
    const { id } = await makeKey(organization)
    await set({ keys_must_expire: true })
    await expect(rotateKey(ctx, { id, grace_hours: 0 })).rejects.toMatchObject(wrong('expires_at'))
    await expect(rotateKey(ctx, { id, grace_hours: 0, expires_in_hours: 24 })).resolves.toBeDefined()
  })
})

describe('the policy', () => {
  test('is set by Admins, seen by Read-Only Admins, and not told to Members', async () => {
    const { organization } = await setUp({ keys_must_expire: true })
    const of = async (role: Role) => (await makeMember(organization, role, { developer: false })).ctx
    const forbidden = { code: 'role_forbids' }
    await expect(updatePolicy(await of('admin'), NO_POLICY)).resolves.toEqual(NO_POLICY)
    await expect(getPolicy(await of('read_only_admin'))).resolves.toEqual(NO_POLICY)
    await expect(updatePolicy(await of('read_only_admin'), NO_POLICY)).rejects.toMatchObject(forbidden)
    await expect(getPolicy(await of('member'))).rejects.toMatchObject(forbidden)
    await expect(updatePolicy(await of('member'), NO_POLICY)).rejects.toMatchObject(forbidden)
    await expect(listBreaches(await of('admin')), 'without the Developer permission').rejects.toMatchObject(forbidden)
  })

  test('is audited with what it was and what it is', async () => {
    const { organization, ctx, user } = await setUp()
    await updatePolicy(ctx, policy({ longest_lifetime_hours: 24 }))
    expect((await auditOf(organization.id)).at(-1)).toMatchObject({
      action: 'policy.updated',
      actor_label: user.email,
      before: { longest_lifetime_hours: null },
      after: { longest_lifetime_hours: 24 },
    })
  })

  test('takes ranges in one form, once each, and no others', () => {
    const ranges = (allowed_ranges: string[]) => policyInput.safeParse({ ...NO_POLICY, allowed_ranges })
    expect(ranges(['2001:DB8::/32', '2001:db8::/32']).data?.allowed_ranges).toEqual(['2001:db8::/32'])
    for (const bad of ['10.0.0.1/8', 'example.com', '', '10.0.0.0/33']) expect(ranges([bad]).success, bad).toBe(false)
    for (const hours of [0, 8_761, 1.5]) {
      expect(policyInput.safeParse({ ...NO_POLICY, longest_lifetime_hours: hours }).success, String(hours)).toBe(false)
    }
  })
})
