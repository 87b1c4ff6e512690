import { describe, expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import type { CreatedKey } from '@/lib/keys/contract'
import { apiKeysContract } from '@/lib/resources/api-keys/contract'
import { callApi, outcomeOf, readProblem } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { alterKey, hoursAway, makeKey, makeOrganization } from '@/lib/testing/fixtures'
import { overlap } from '@/lib/testing/overlap'

useTestDatabase()

type Fields = Parameters<typeof makeKey>[1]

const OFFICE = '203.0.113.50'
const newKey = apiKeysContract.operations.create.reply.schema
const inTen = hoursAway(10).toISOString()

const send = (key: string, method: string, path: string, body?: unknown) =>
  callApi(`/api_keys${path}`, { method, key, body, peer: { address: OFFICE } })

const result = async (...call: Parameters<typeof send>) => outcomeOf(await send(...call))

/** The columns of a key, to see that nothing of it has changed. */
const rowOf = (id: string) => prisma().apiKey.findUniqueOrThrow({ where: { id }, omit: { hash: true } })

/** Each bound of a key with `admin`: what lies within it, and what beyond. */
const CASES: { bound: string; actor: Fields; inside: Fields; beyond: Fields; widening?: object }[] = [
  {
    bound: 'expiry',
    actor: { expires_at: inTen },
    inside: { expires_at: inTen },
    beyond: { expires_at: hoursAway(11).toISOString() },
  },
  { bound: 'expiry', actor: { expires_at: inTen }, inside: { expires_in_hours: 9 }, beyond: {} },
  {
    bound: 'allowlist',
    actor: { allowed_ips: ['203.0.113.0/24', '2001:db8::/32'] },
    inside: { allowed_ips: ['203.0.113.50', '2001:db8:1::/48'] },
    beyond: { allowed_ips: ['203.0.113.50', '198.51.100.1'] },
    widening: { allowed_ips: ['203.0.112.0/23'] },
  },
  {
    bound: 'allowlist',
    actor: { allowed_ips: ['203.0.113.50'] },
    inside: { allowed_ips: ['203.0.113.50'] },
    beyond: { allowed_ips: [] },
    widening: { allowed_ips: [] },
  },
  {
    bound: 'rate limit',
    actor: { rate_limit: 100 },
    inside: { rate_limit: 100 },
    beyond: {},
    widening: { rate_limit: null },
  },
]

describe.each(CASES)('a key bound by its $bound', ({ bound, actor, inside, beyond, widening }) => {
  const setUp = async () => {
    const organization = await makeOrganization()
    const { key } = await makeKey(organization, { scopes: ['admin'], ...actor })
    const wider = await makeKey(organization, { scopes: ['contacts:read'], ...beyond })
    const narrower = await makeKey(organization, { scopes: ['contacts:read'], ...inside })
    return { key, wider, narrower, organization }
  }
  const expectRefused = async (response: Response) => {
    expect(await readProblem(response)).toMatchObject({
      status: 403,
      code: 'role_forbids',
      detail: expect.stringContaining(`Bound: ${bound}`),
    })
  }

  test('makes none beyond it, and any within', async () => {
    const { key, organization } = await setUp()
    await expectRefused(await send(key, 'POST', '', { name: 'x', scopes: ['admin'], ...beyond }))
    expect(await prisma().apiKey.count({ where: { organization_id: organization.id } })).toBe(3)
    expect(await result(key, 'POST', '', { name: 'x', scopes: ['admin'], ...inside })).toBe(201)
  })

  test('neither edits, rotates, reactivates nor deletes one beyond it', async () => {
    const { key, wider } = await setUp()
    const before = await rowOf(wider.id)
    await expectRefused(await send(key, 'PATCH', `/${wider.id}`, { name: 'taken over' }))
    await expectRefused(await send(key, 'PATCH', `/${wider.id}`, { allowed_ips: [OFFICE], rate_limit: 1, name: 'x' }))
    await expectRefused(await send(key, 'POST', `/${wider.id}/rotate`, { grace_hours: 0, expires_in_hours: 1 }))
    await expectRefused(await send(key, 'DELETE', `/${wider.id}`))
    expect(await rowOf(wider.id)).toEqual(before)
    await alterKey(wider.id, { revoked_at: new Date() })
    await expectRefused(await send(key, 'POST', `/${wider.id}/reactivate`))
    expect((await rowOf(wider.id)).revoked_at).not.toBeNull()
  })

  test('ends one beyond it all the same', async () => {
    const { key, wider } = await setUp()
    expect(await result(key, 'POST', `/${wider.id}/revoke`, { leaked: true })).toBe(200)
    expect(await rowOf(wider.id)).toMatchObject({ leaked: true, revoked_at: expect.any(Date) })
  })

  test('does all of it to one within', async () => {
    const { key, narrower } = await setUp()
    expect(await result(key, 'PATCH', `/${narrower.id}`, { name: 'x', scopes: ['admin'] })).toBe(200)
    expect(await result(key, 'POST', `/${narrower.id}/revoke`, {})).toBe(200)
    expect(await result(key, 'POST', `/${narrower.id}/reactivate`)).toBe(200)
    const life = bound === 'expiry' ? { expires_in_hours: 9 } : {}
    const rotation = await send(key, 'POST', `/${narrower.id}/rotate`, { grace_hours: 0, ...life })
    expect(rotation.status).toBe(201)
    const successor = newKey.parse(JSON.parse(await rotation.text()))
    expect(await result(key, 'DELETE', `/${successor.id}`)).toBe(204)
  })

  test.runIf(widening)('never lets one within grow beyond it', async () => {
    const { key, narrower } = await setUp()
    const before = await rowOf(narrower.id)
    await expectRefused(await send(key, 'PATCH', `/${narrower.id}`, widening))
    expect(await rowOf(narrower.id)).toEqual(before)
  })

  test.runIf(bound === 'expiry')('makes no successor that outlives it, and the old key is as it was', async () => {
    const { key, narrower } = await setUp()
    for (const life of [{}, { expires_in_hours: 8_760 }]) {
      await expectRefused(await send(key, 'POST', `/${narrower.id}/rotate`, { grace_hours: 0, ...life }))
    }
    expect(await rowOf(narrower.id)).toMatchObject({ rotated_at: null, retires_at: null, successor_id: null })
  })
})

describe('a key whose environment is its bound', () => {
  test.each([
    ['live', 'test'],
    ['test', 'live'],
  ] as const)('makes no other: %s makes no %s', async (own, other) => {
    const organization = await makeOrganization()
    const { key } = await makeKey(organization, { scopes: ['admin'], environment: own })
    const response = await send(key, 'POST', '', { name: 'x', scopes: [], environment: other })
    expect(await readProblem(response)).toMatchObject({
      code: 'role_forbids',
      detail: expect.stringContaining('Bound: environment'),
    })
    expect(await prisma().apiKey.count({ where: { organization_id: organization.id } })).toBe(1)
    expect(await result(key, 'POST', '', { name: 'x', scopes: [], environment: own })).toBe(201)
  })
})

describe('a key never acts on itself', () => {
  const attempts: [string, string, unknown?][] = [
    ['PATCH', '', { name: 'x', allowed_ips: [], scopes: ['admin'] }],
    ['PATCH', '', {}],
    ['POST', '/rotate', { grace_hours: 168 }],
    ['POST', '/reactivate'],
    ['POST', '/revoke', {}],
    ['DELETE', ''],
  ]
  test.each(attempts)('%s %s', async (method, what, body) => {
    const { id, key } = await makeKey(await makeOrganization(), { scopes: ['admin'] })
    const before = await rowOf(id)
    for (const name of [id, id.toUpperCase()]) {
      const problem = await readProblem(await send(key, method, `/${name}${what}`, body))
      expect(problem).toMatchObject({ code: 'role_forbids', detail: expect.stringContaining('POST /me/revoke') })
    }
    expect(await rowOf(id)).toEqual(before)
  })

  test('but may look at itself', async () => {
    const { id, key } = await makeKey(await makeOrganization(), { scopes: ['admin'] })
    expect(await result(key, 'GET', `/${id}`)).toBe(200)
  })
})

test('a rotated key in its grace makes nothing that outlives the grace, and does not touch its successor', async () => {
  const organization = await makeOrganization()
  const chief = await makeKey(organization, { scopes: ['admin'] })
  const old = await makeKey(organization, { scopes: ['admin'] })
  const rotation = await send(chief.key, 'POST', `/${old.id}/rotate`, { grace_hours: 1 })
  const successor = newKey.parse(JSON.parse(await rotation.text()))
  expect(await result(old.key, 'POST', '', { name: 'x', scopes: [] })).toBe('role_forbids')
  expect(await result(old.key, 'POST', '', { name: 'x', scopes: [], expires_in_hours: 2 })).toBe('role_forbids')
  expect(await result(old.key, 'PATCH', `/${successor.id}`, { name: 'x' })).toBe('role_forbids')
  expect(await result(old.key, 'POST', `/${successor.id}/rotate`, { grace_hours: 0 })).toBe('role_forbids')
  const soon = new Date(Date.now() + 600_000).toISOString()
  expect(await result(old.key, 'POST', '', { name: 'x', scopes: [], expires_at: soon })).toBe(201)
})

type Change = Parameters<typeof alterKey>[1]

/** Holds the key's row in a transaction until `call` waits for it, then changes the row and commits. */
const changeUnder = ({ id }: CreatedKey, data: Change, call: () => Promise<Response>): Promise<Response> =>
  overlap(
    (db) => db.$queryRaw`SELECT id FROM api_keys WHERE id = ${id}::uuid FOR UPDATE`,
    call,
    (db) => db.apiKey.update({ where: { id }, data }),
  )

describe('a key that changes while its call is on the way', () => {
  const create = { name: 'x', scopes: ['admin'] }
  test.each<[string, Change]>([
    ['revoked_key', { revoked_at: hoursAway(-1) }],
    ['expired_key', { expires_at: hoursAway(-1) }],
    ['rotated_key', { rotated_at: hoursAway(-2), retires_at: hoursAway(-1) }],
    ['insufficient_scope', { scopes: ['contacts:read'] }],
    ['role_forbids', { allowed_ips: ['203.0.113.0/24'] }],
    ['role_forbids', { expires_at: hoursAway(1) }],
  ])('does nothing afterwards: %s', async (code, change) => {
    const organization = await makeOrganization()
    const actor = await makeKey(organization, { scopes: ['admin'] })
    const response = await changeUnder(actor, change, () => send(actor.key, 'POST', '', create))
    expect(await outcomeOf(response)).toBe(code)
    expect(await prisma().apiKey.count({ where: { organization_id: organization.id } })).toBe(1)
  })

  test('does not reactivate the key that it revoked before', async () => {
    const organization = await makeOrganization()
    const [actor, accomplice] = [
      await makeKey(organization, { scopes: ['admin'] }),
      await makeKey(organization, { scopes: ['admin'] }),
    ]
    await alterKey(accomplice.id, { revoked_at: new Date() })
    const response = await changeUnder(actor, { revoked_at: hoursAway(-1) }, () =>
      send(actor.key, 'POST', `/${accomplice.id}/reactivate`),
    )
    expect(await outcomeOf(response)).toBe('revoked_key')
    expect((await rowOf(accomplice.id)).revoked_at).not.toBeNull()
  })
})

test('two keys that act on each other at once never lock each other out', async () => {
  const organization = await makeOrganization()
  const [one, other] = [
    await makeKey(organization, { scopes: ['admin'] }),
    await makeKey(organization, { scopes: ['admin'] }),
  ]
  const results = await Promise.all(
    Array.from({ length: 6 }, () => [
      result(one.key, 'PATCH', `/${other.id}`, { name: 'by one' }),
      result(other.key, 'PATCH', `/${one.id}`, { name: 'by other' }),
    ]).flat(),
  )
  expect(results).toEqual(results.map(() => 200))
  const last = await Promise.all([
    result(one.key, 'POST', `/${other.id}/revoke`, {}),
    result(other.key, 'POST', `/${one.id}/revoke`, {}),
  ])
  expect(last.toSorted()).toEqual([200, 'revoked_key'])
})
