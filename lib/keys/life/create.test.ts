import { describe, expect, test } from 'vitest'
import { HOUR_MS } from '@/lib/base/time'
import { prisma } from '@/lib/kernel/db/client'
import { authenticate } from '@/lib/keys/authenticate/authenticate'
import { createKeyInput } from '@/lib/keys/contract'
import { isKeyForm } from '@/lib/keys/format'
import { hashKey } from '@/lib/keys/hash'
import { createKey } from '@/lib/keys/life/create'
import { decideExpiry } from '@/lib/keys/life/decide-expiry'
import { NO_POLICY } from '@/lib/keys/policy/contract'
import { useTestDatabase } from '@/lib/testing/database'
import { auditOf, hoursAway, keyInput, makeKey, makeMember, makeOrganization, operator } from '@/lib/testing/fixtures'

useTestDatabase()

const lifetimeOf = (key: { created_at: Date; expires_at: Date | null }) =>
  key.expires_at && (key.expires_at.getTime() - key.created_at.getTime()) / HOUR_MS

describe('a creation', () => {
  test('gives a key that works, and keeps its hash only', async () => {
    const organization = await makeOrganization()
    const { ctx, user } = await makeMember(organization)
    const made = await createKey(
      ctx,
      keyInput({ name: ' CRM sync ', description: 'Nightly', scopes: ['contacts:read'] }),
    )
    expect(isKeyForm(made.key)).toBe(true)
    expect(made).toMatchObject({
      organization_id: organization.id,
      name: 'CRM sync',
      description: 'Nightly',
      status: 'active',
      scopes: ['contacts:read'],
      key_prefix: made.key.slice(0, 14),
      created_by: { id: user.id },
      last_used_at: null,
    })
    expect((await authenticate(made.key, null))?.refusal).toBeNull()
    const row = await prisma().apiKey.findUniqueOrThrow({ where: { id: made.id } })
    expect(Buffer.from(row.hash)).toEqual(Buffer.from(hashKey(made.key)))
    expect(Object.keys(made)).not.toContain('hash')
  })

  test('is audited with who, what and from where, and without the key', async () => {
    const { ctx, user } = await makeMember(await makeOrganization())
    const origin = { request_id: 'req-1', address: '203.0.113.9', user_agent: 'Firefox' }
    const made = await createKey({ ...ctx, origin }, keyInput({ scopes: ['contacts:read'] }))
    const entries = await auditOf(made.id)
    expect(entries).toHaveLength(1)
    expect(entries[0]).toMatchObject({
      ...origin,
      organization_id: made.organization_id,
      action: 'api_key.created',
      actor_kind: 'member',
      actor_id: user.id,
      actor_label: user.email,
      target_label: made.key_prefix,
      after: { name: 'Test key', scopes: ['contacts:read'], environment: 'live' },
    })
    expect(JSON.stringify(entries)).not.toContain(made.key.slice(14))
  })

  test('that fails leaves neither key nor audit entry', async () => {
    const organization = await makeOrganization()
    const { ctx } = await makeMember(organization)
    const wrong = [keyInput({ scopes: ['leads:nothing'] }), keyInput({ expires_at: hoursAway(-1).toISOString() })]
    for (const input of wrong) await expect(async () => createKey(ctx, input)).rejects.toThrow()
    expect(await prisma().apiKey.count({ where: { organization_id: organization.id } })).toBe(0)
    expect(await prisma().auditEntry.count({ where: { organization_id: organization.id } })).toBe(0)
  })

  test('keeps each scope once, in the order of the catalogue', async () => {
    const scopes = ['admin', 'contacts:write', 'contacts:read', 'contacts:write']
    expect((await makeKey(await makeOrganization(), { scopes })).scopes).toEqual([
      'contacts:read',
      'contacts:write',
      'admin',
    ])
  })

  test('refuses a scope that does not exist, naming it and its place', async () => {
    const { ctx } = await makeMember(await makeOrganization())
    await expect(async () =>
      createKey(ctx, keyInput({ scopes: ['contacts:read', 'leads:fly'] })),
    ).rejects.toMatchObject({
      code: 'invalid_scope',
      detail: expect.stringMatching(/^Invalid scope: leads:fly/),
      facts: { errors: [{ path: 'scopes.1', message: 'Invalid scope: leads:fly' }] },
    })
  })
})

describe('the expiry', () => {
  test('is none when none is asked for', async () => {
    expect((await makeKey(await makeOrganization())).expires_at).toBeNull()
  })

  test('is the hours that are asked for, from the creation', async () => {
    expect(lifetimeOf(await makeKey(await makeOrganization(), { expires_in_hours: 8_760 }))).toBe(8_760)
  })

  test('is the very instant that is asked for, in whatever zone it is written', async () => {
    const instant = new Date(Math.floor(hoursAway(48).getTime() / 1000) * 1000)
    const zoned = `${new Date(instant.getTime() + 5.5 * HOUR_MS).toISOString().slice(0, 19)}+05:30`
    expect((await makeKey(await makeOrganization(), { expires_at: zoned })).expires_at).toEqual(instant)
  })

  test('is at the earliest a moment from now, and at the latest 8760 hours, to the millisecond', () => {
    const now = new Date('2026-01-01T00:00:00.000Z')
    const actor = { kind: 'operator', name: 'tests' } as const
    const decide = (ms: number) => {
      const expires_at = new Date(now.getTime() + ms)
      return decideExpiry(actor, { expires_at }, now, NO_POLICY)?.getTime() === expires_at.getTime()
    }
    const refused = expect.objectContaining({ code: 'validation_failed' })
    expect(decide(1)).toBe(true)
    expect(decide(8_760 * HOUR_MS)).toBe(true)
    for (const ms of [-1, 0, 8_760 * HOUR_MS + 1]) expect(() => decide(ms), String(ms)).toThrow(refused)
  })

  test.each([
    { name: 'is past', expires_at: hoursAway(-0.001) },
    { name: 'is more than 8760 hours away', expires_at: hoursAway(8_760.1) },
  ])('is refused when it $name', async ({ expires_at }) => {
    const organization = await makeOrganization()
    await expect(makeKey(organization, { expires_at: expires_at.toISOString() })).rejects.toMatchObject({
      code: 'validation_failed',
      facts: { errors: [{ path: 'expires_at' }] },
    })
  })

  test('of a Read-Only Admin is 72 hours whatever is asked for', async () => {
    const { ctx } = await makeMember(await makeOrganization(), 'read_only_admin')
    for (const asked of [
      {},
      { expires_at: null },
      { expires_in_hours: 8_760 },
      { expires_at: hoursAway(5_000).toISOString() },
    ]) {
      expect(lifetimeOf(await createKey(ctx, keyInput({ ...asked, scopes: ['contacts:read'] })))).toBe(72)
    }
  })
})

describe('the input', () => {
  const valid = { name: 'A key', environment: 'live', scopes: [] }
  const pathsOf = (input: object) =>
    createKeyInput.safeParse({ ...valid, ...input }).error?.issues.map(({ path }) => path.join('.')) ?? []

  test.each<[string, object]>([
    ['name', { name: '' }],
    ['name', { name: '   ' }],
    ['name', { name: 'x'.repeat(101) }],
    ['name', { name: '😀'.repeat(101) }],
    ['name', { name: 'a\0b' }],
    ['name', { name: 'a\u001b[31mred' }],
    ['name', { name: 'a\r\nSet-Cookie: b' }],
    ['name', { name: 'abc\u202Etxt.exe' }],
    ['name', { name: 'half \ud800' }],
    ['name', { name: { set: 'x' } }],
    ['name', { name: null }],
    ['environment', { environment: 'prod' }],
    ['environment', { environment: undefined }],
    ['description', { description: 'x'.repeat(501) }],
    ['description', { description: 'a\0b' }],
    ['scopes', { scopes: 'contacts:read' }],
    ['scopes', { scopes: null }],
    ['scopes.0', { scopes: [1] }],
    ['scopes', { scopes: Array(201).fill('contacts:read') }],
    ['rate_limit', { rate_limit: 0 }],
    ['rate_limit', { rate_limit: 1.5 }],
    ['rate_limit', { rate_limit: 1_000_000_001 }],
    ['rate_limit', { rate_limit: '60' }],
    ['expires_at', { expires_at: 'tomorrow' }],
    ['expires_at', { expires_at: '2030-02-30T00:00:00Z' }],
    ['expires_at', { expires_at: '2030-01-01' }],
    ['expires_at', { expires_at: '2030-01-01T00:00:00' }],
    ['expires_at', { expires_at: 1_900_000_000 }],
    ['expires_at', { expires_at: '+275760-09-13T00:00:00.000Z' }],
    ['expires_at', { expires_at: hoursAway(1).toISOString(), expires_in_hours: 1 }],
    ['expires_in_hours', { expires_in_hours: 0 }],
    ['expires_in_hours', { expires_in_hours: 8_761 }],
    ['allowed_ips.1', { allowed_ips: ['203.0.113.1', '203.0.113.1/24'] }],
    ['allowed_ips.0', { allowed_ips: ['example.com'] }],
    ['allowed_ips', { allowed_ips: Array.from({ length: 101 }, (_, last) => `203.0.113.${last}`) }],
    ['allowed_ips', { allowed_ips: '203.0.113.1' }],
  ])('has a wrong %s in %j, and says so', (path, input) => {
    expect(pathsOf(input)).toContain(path)
  })

  test('may have a name of one to a hundred characters of any script, HTML and formulas kept as they are', () => {
    for (const name of ['x', '😀'.repeat(100), 'مفتاح', '<b>bold</b> & "co"', '=1+1', '../../etc', "'; DROP TABLE x"]) {
      expect(createKeyInput.parse({ ...valid, name }).name).toBe(name)
    }
  })

  test('names each allowed address once', () => {
    const allowed_ips = ['203.0.113.1', '203.0.113.1/32', '::ffff:203.0.113.1']
    expect(createKeyInput.parse({ ...valid, allowed_ips }).allowed_ips).toEqual(['203.0.113.1'])
  })

  test.each([
    'id',
    'organization_id',
    'created_by',
    'created_at',
    'hash',
    'key',
    'key_prefix',
    'lineage_id',
    'leaked',
    'revoked_at',
    'rotated_at',
    'retires_at',
    'successor_id',
    'last_used_at',
    'status',
    'role',
    'creator',
    'organization',
  ])('has no field %s', (field) => {
    const result = createKeyInput.safeParse({ ...valid, [field]: 'x' })
    expect(result.error?.issues).toMatchObject([{ code: 'unrecognized_keys', keys: [field] }])
  })
})

describe('the number of keys', () => {
  const fill = (organization: { id: string }, count: number) =>
    prisma().apiKey.createMany({
      data: Array.from({ length: count }, (_, index) => ({
        organization_id: organization.id,
        lineage_id: organization.id,
        environment: 'live' as const,
        name: `Key ${index}`,
        key_prefix: 'lk_live_000000',
        hash: new Uint8Array(hashKey(`${organization.id} ${index}`)),
      })),
    })

  test('never passes the plan’s, whoever many ask for the last place at once', async () => {
    const organization = await makeOrganization({ plan: 'free' })
    await fill(organization, 15)
    const asked = Array.from({ length: 12 }, () => makeKey(organization))
    const settled = await Promise.allSettled(asked)
    const refused = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(settled.length - refused.length).toBe(5)
    for (const reason of refused) expect(reason).toMatchObject({ code: 'key_limit_reached' })
    expect(await prisma().apiKey.count({ where: { organization_id: organization.id } })).toBe(20)
  })

  test('counts no key that is revoked, rotated or expired', async () => {
    const organization = await makeOrganization({ plan: 'free' })
    await fill(organization, 20)
    await expect(makeKey(organization)).rejects.toMatchObject({ code: 'key_limit_reached' })
    const past = hoursAway(-1)
    for (const data of [{ revoked_at: past }, { expires_at: past }, { rotated_at: past, retires_at: past }]) {
      const { id } = await prisma().apiKey.findFirstOrThrow({
        where: { organization_id: organization.id, revoked_at: null, expires_at: null, retires_at: null },
      })
      await prisma().apiKey.update({ where: { id }, data })
      await makeKey(organization)
      await expect(makeKey(organization)).rejects.toMatchObject({ code: 'key_limit_reached' })
    }
  })

  test('of one organisation is not another’s', async () => {
    const [full, other] = [await makeOrganization({ plan: 'free' }), await makeOrganization({ plan: 'free' })]
    await fill(full, 20)
    await expect(makeKey(other)).resolves.toBeDefined()
  })

  test('is the plan’s', async () => {
    const organization = await makeOrganization({ plan: 'pro' })
    await fill(organization, 999)
    await makeKey(organization)
    await expect(makeKey(organization)).rejects.toMatchObject({ code: 'key_limit_reached' })
    const enterprise = { ...operator(organization), organization: { ...organization, plan: 'enterprise' as const } }
    await expect(createKey(enterprise, keyInput())).resolves.toBeDefined()
  })
})
