import pg from 'pg'
import { describe, expect, test, vi } from 'vitest'
import { runtime } from '@/lib/base/node/runtime'
import { pool, prisma } from '@/lib/kernel/db/client'
import { lanes } from '@/lib/kernel/db/lanes'
import { fixSession } from '@/lib/kernel/db/session'
import type { Transaction } from '@/lib/kernel/db/transaction'
import { authenticate } from '@/lib/keys/authenticate/authenticate'
import { AUTHENTICATE } from '@/lib/keys/authenticate/statement'
import { generateKey as makeKeyText } from '@/lib/keys/format'
import { hashKey } from '@/lib/keys/hash'
import { useTestDatabase } from '@/lib/testing/database'
import { alterKey, makeKey, makeOrganization } from '@/lib/testing/fixtures'
import { overlap } from '@/lib/testing/overlap'

useTestDatabase()

const refusalOf = async (key: string, address: string | null = null) => (await authenticate(key, address))?.refusal

describe('a key that works', () => {
  test('tells who it is, where it acts and what it may', async () => {
    const organization = await makeOrganization({ plan: 'pro', rate_limit: null })
    const made = await makeKey(organization, {
      name: 'CRM',
      scopes: ['contacts:read'],
      environment: 'test',
      expires_in_hours: 48,
    })
    const authentication = await authenticate(made.key, '203.0.113.9')
    expect(authentication).toMatchObject({
      refusal: null,
      organization,
      actor: {
        kind: 'key',
        key_id: made.id,
        name: 'CRM',
        key_prefix: made.key_prefix,
        environment: 'test',
        scopes: ['contacts:read'],
        allowed_ips: [],
        rate_limit: 600,
        created_at: made.created_at,
        expires_at: made.expires_at,
      },
      window: { limit: 600, remaining: 599, retry_after: null },
    })
  })

  test.each([
    { plan: 'free', organization: null, key: null, limit: 60 },
    { plan: 'pro', organization: null, key: null, limit: 600 },
    { plan: 'enterprise', organization: null, key: null, limit: 6_000 },
    { plan: 'free', organization: 5_000, key: null, limit: 5_000 },
    { plan: 'enterprise', organization: 10, key: null, limit: 10 },
    { plan: 'pro', organization: null, key: 7, limit: 7 },
    { plan: 'pro', organization: null, key: 9_000, limit: 600 },
    { plan: 'free', organization: 1_000_000_000, key: 1_000_000_000, limit: 1_000_000_000 },
  ] as const)('has the limit that $plan, $organization and $key come to: $limit', async (row) => {
    const organization = await makeOrganization({ plan: row.plan, rate_limit: row.organization })
    const { key } = await makeKey(organization, { rate_limit: row.key })
    expect((await authenticate(key, null))?.window).toMatchObject({ limit: row.limit, remaining: row.limit - 1 })
  })
})

describe('a key that does not work', () => {
  test('is unknown when no row has its hash', async () => {
    expect(await authenticate(makeKeyText('live'), null)).toBeNull()
  })

  test('says the first thing that is wrong', async () => {
    const organization = await makeOrganization()
    const { id, key } = await makeKey(organization, { allowed_ips: ['203.0.113.50'] })
    expect(await refusalOf(key)).toBe('ip_not_allowed')
    await prisma().organization.update({ where: { id: organization.id }, data: { developer_api: false } })
    expect(await refusalOf(key)).toBe('developer_api_disabled')
    await alterKey(id, { expires_at: new Date(Date.now() - 1_000) })
    expect(await refusalOf(key)).toBe('expired_key')
    await alterKey(id, { rotated_at: new Date(0), retires_at: new Date(Date.now() - 1_000) })
    expect(await refusalOf(key)).toBe('rotated_key')
    await alterKey(id, { revoked_at: new Date() })
    expect(await refusalOf(key)).toBe('revoked_key')
  })

  test('costs nothing and shows what is left', async () => {
    const { id, key } = await makeKey(await makeOrganization({ rate_limit: 10 }))
    await authenticate(key, null)
    await alterKey(id, { revoked_at: new Date() })
    for (let call = 0; call < 3; call++) {
      expect((await authenticate(key, null))?.window).toMatchObject({ limit: 10, remaining: 9 })
    }
    await alterKey(id, { revoked_at: null })
    expect((await authenticate(key, null))?.window.remaining).toBe(8)
  })

  test('is limited when its minute is used up, and told how long', async () => {
    const { key } = await makeKey(await makeOrganization({ rate_limit: 2 }))
    await authenticate(key, null)
    await authenticate(key, null)
    const third = await authenticate(key, null)
    expect(third).toMatchObject({ refusal: 'rate_limited', window: { limit: 2, remaining: 0 } })
    expect(third?.window.retry_after).toBeGreaterThanOrEqual(60)
    expect(third?.window.retry_after).toBeLessThanOrEqual(61)
  })
})

describe('an allowlist', () => {
  const LIST = ['203.0.113.50', '198.51.100.0/24', '2001:db8:1::/48', '::ffff:192.0.2.7']

  test.each([
    ['203.0.113.50', null],
    ['198.51.100.0', null],
    ['198.51.100.255', null],
    ['2001:db8:1:ffff::1', null],
    ['192.0.2.7', null],
    ['203.0.113.51', 'ip_not_allowed'],
    ['198.51.101.0', 'ip_not_allowed'],
    ['2001:db8:2::1', 'ip_not_allowed'],
    ['::1', 'ip_not_allowed'],
    ['127.0.0.1', 'ip_not_allowed'],
    [null, 'ip_not_allowed'],
  ])('answers %j with %j', async (address, refusal) => {
    const { key } = await makeKey(await makeOrganization(), { allowed_ips: LIST })
    expect(await refusalOf(key, address)).toBe(refusal)
  })

  test('is told as it is kept, like everywhere else', async () => {
    const { key, allowed_ips } = await makeKey(await makeOrganization(), { allowed_ips: LIST })
    expect((await authenticate(key, null))?.actor.allowed_ips).toEqual(allowed_ips)
  })

  test('that is empty lets every address in, also an unknown one', async () => {
    const { key } = await makeKey(await makeOrganization())
    for (const address of [null, '203.0.113.50', '::1']) expect(await refusalOf(key, address)).toBeNull()
  })

  test('binds a key of an admin, with every scope, like any other', async () => {
    const { key } = await makeKey(await makeOrganization(), { scopes: ['admin'], allowed_ips: ['203.0.113.50'] })
    expect(await refusalOf(key, '203.0.113.51')).toBe('ip_not_allowed')
  })
})

test('what changes about a key or its organisation holds from the next call on', async () => {
  const organization = await makeOrganization()
  const { id, key } = await makeKey(organization, { scopes: ['contacts:read'] })
  await authenticate(key, null)
  await alterKey(id, { scopes: ['contacts:write'], rate_limit: 5 })
  expect(await authenticate(key, null)).toMatchObject({ actor: { scopes: ['contacts:write'], rate_limit: 5 } })
  await prisma().organization.update({ where: { id: organization.id }, data: { rate_limit: 3 } })
  expect(await authenticate(key, null)).toMatchObject({ window: { limit: 3, remaining: 0 } })
})

describe('calls at the same time', () => {
  test('get the answer for their own key and address each', async () => {
    const organization = await makeOrganization()
    const open = await makeKey(organization)
    const bound = await makeKey(organization, { allowed_ips: ['203.0.113.50'] })
    const asked = [
      [bound.key, '203.0.113.51'],
      [makeKeyText('live'), '203.0.113.50'],
      [open.key, null],
      [bound.key, '203.0.113.50'],
    ] as const
    const answers = await Promise.all(asked.map(([key, address]) => authenticate(key, address)))
    expect(answers.map((answer) => answer && [answer.actor.key_id, answer.refusal])).toEqual([
      [bound.id, 'ip_not_allowed'],
      null,
      [open.id, null],
      [bound.id, null],
    ])
  })

  test('with one key have a place each in its limit, and are told what is left when it is used up', async () => {
    const { key } = await makeKey(await makeOrganization({ rate_limit: 5 }))
    const answers = await Promise.all(Array.from({ length: 8 }, () => authenticate(key, '203.0.113.50')))
    expect(answers.map((answer) => answer && [answer.refusal, answer.window.remaining])).toEqual([
      ...[4, 3, 2, 1, 0].map((remaining) => [null, remaining]),
      ...[0, 0, 0].map((remaining) => ['rate_limited', remaining]),
    ])
    expect(answers.at(-1)?.window.retry_after).toBeGreaterThanOrEqual(60)
  })

  test('are one for the database where key and address are the same', async () => {
    const { key } = await makeKey(await makeOrganization())
    const query = vi.spyOn(lanes(), 'query')
    const addresses = ['203.0.113.50', '203.0.113.51', '203.0.113.50', null, '203.0.113.50']
    await Promise.all(addresses.map((address) => authenticate(key, address)))
    expect(query).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ values: [expect.anything(), ['203.0.113.50', '203.0.113.51', null], [3, 1, 1]] }),
    )
    query.mockRestore()
  })

  test('share the window of their lineage, each key with its own limit', async () => {
    const organization = await makeOrganization()
    const [low, high] = [await makeKey(organization, { rate_limit: 2 }), await makeKey(organization, { rate_limit: 5 })]
    const { lineage_id } = await prisma().apiKey.findUniqueOrThrow({ where: { id: low.id } })
    await alterKey(high.id, { lineage_id })
    const keys = [low, high, low, high, low, high, low, high, high]
    const answers = await Promise.all(keys.map(({ key }) => authenticate(key, null)))
    const accepted = (id: string) => answers.filter((answer) => answer?.actor.key_id === id && !answer.refusal).length
    expect(accepted(low.id) + accepted(high.id)).toBe(5)
    expect(accepted(low.id)).toBeLessThanOrEqual(2)
  })

  test('with a key that is refused leave its window as it was', async () => {
    const { id, key } = await makeKey(await makeOrganization({ rate_limit: 10 }))
    await authenticate(key, null)
    await alterKey(id, { revoked_at: new Date() })
    const answers = await Promise.all(Array.from({ length: 5 }, () => authenticate(key, null)))
    expect(answers.map((answer) => answer && [answer.refusal, answer.window.remaining])).toEqual(
      answers.map(() => ['revoked_key', 9]),
    )
  })

  test('lock the windows in the order of their lineages, in whatever order they came', async () => {
    const organization = await makeOrganization()
    const keys = await Promise.all(Array.from({ length: 6 }, () => makeKey(organization)))
    for (const { key } of keys) await authenticate(key, null)
    const { rows } = await pool().query<{ hash: Uint8Array; lineage_id: string }>(
      'SELECT hash, lineage_id FROM api_keys WHERE organization_id = $1 ORDER BY lineage_id DESC',
      [organization.id],
    )
    const [first, ...others] = rows.map(({ lineage_id }) => lineage_id).toReversed()
    const lock = (db: Transaction, ids: (string | undefined)[]) =>
      db.$queryRaw`SELECT 1 FROM rate_windows WHERE lineage_id = ANY (${ids}::uuid[]) FOR UPDATE NOWAIT`
    const decided = await overlap(
      (db) => lock(db, [first]),
      () => pool().query(AUTHENTICATE, [rows.map(({ hash }) => hash), rows.map(() => null), rows.map(() => 1)]),
      // Whoever waits for the first holds none of the others.
      (db) => lock(db, others),
    )
    expect(decided.rows).toHaveLength(6)
  })

  test('are accepted up to the limit of each key, in whatever order several processes name the keys', async () => {
    const other = new pg.Pool({ connectionString: runtime().databaseUrl, max: 4, onConnect: fixSession })
    const organization = await makeOrganization({ rate_limit: 10 })
    const keys = await Promise.all(Array.from({ length: 6 }, async () => (await makeKey(organization)).key))
    const hashes = keys.map(hashKey)
    const accepted = new Map<string, number>()
    const ask = async (order: Uint8Array[]) => {
      const { rows } = await other.query(AUTHENTICATE, [order, order.map(() => null), order.map(() => 3)])
      for (const { decision } of rows) {
        accepted.set(decision.id, (accepted.get(decision.id) ?? 0) + decision.counted.accepted)
      }
    }
    await Promise.all(Array.from({ length: 40 }, (_, turn) => ask(turn % 2 ? hashes : hashes.toReversed())))
    await other.end()
    expect([...accepted.values()]).toEqual(keys.map(() => 10))
  })
})
