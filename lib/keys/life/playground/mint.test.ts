import { describe, expect, test } from 'vitest'
import { HOUR_MS } from '@/lib/base/time'
import { isReadScope } from '@/lib/contracts/scopes/is-read-scope'
import { prisma } from '@/lib/kernel/db/client'
import type { Role } from '@/lib/kernel/db/generated/enums'
import { authenticate } from '@/lib/keys/authenticate/authenticate'
import { createKey } from '@/lib/keys/life/create'
import { mintPlaygroundKey } from '@/lib/keys/life/playground/mint'
import { revokeKey } from '@/lib/keys/life/revocation/revoke'
import { NO_POLICY } from '@/lib/keys/policy/contract'
import { updatePolicy } from '@/lib/keys/policy/update'
import { RESOURCES } from '@/lib/resources/register'
import { useTestDatabase } from '@/lib/testing/database'
import { alterKey, auditOf, hoursAway, keyInput, makeKey, makeMember, makeOrganization } from '@/lib/testing/fixtures'

useTestDatabase()

const MAKERS = ['admin', 'read_only_admin'] as const satisfies Role[]

const maker = async (role: Role = 'admin', organization = makeOrganization()) =>
  (await makeMember(await organization, role)).ctx

describe('a playground key', () => {
  test.each(MAKERS)('of an %s is one of the sandbox, for one hour, and works', async (role) => {
    const ctx = await maker(role)
    const made = await mintPlaygroundKey(ctx, { resource: 'contacts' })
    expect(made).toMatchObject({
      organization_id: ctx.organization.id,
      name: 'Docs playground (temp)',
      environment: 'test',
      status: 'active',
      playground: true,
      allowed_ips: [],
      created_by: { id: ctx.actor.user_id },
    })
    expect(Number(made.expires_at) - Number(made.created_at)).toBe(HOUR_MS)
    expect((await authenticate(made.key, null))?.refusal).toBeNull()
  })

  test.each(RESOURCES.map(({ name }) => name))(
    'for %s opens that resource only, and no administration',
    async (name) => {
      const resource = RESOURCES.find((each) => each.name === name)
      const own = Object.keys(resource?.actions ?? {}).map((action) => `${name}:${action}`)
      const expected = resource?.administration ? own.filter(isReadScope) : own
      const organization = await makeOrganization()
      const byAdmin = await mintPlaygroundKey(await maker('admin', Promise.resolve(organization)), { resource: name })
      expect(byAdmin.scopes).toEqual(expected)
      const byReader = await mintPlaygroundKey(await maker('read_only_admin', Promise.resolve(organization)), {
        resource: name,
      })
      expect(byReader.scopes).toEqual(expected.filter(isReadScope))
      for (const scopes of [byAdmin.scopes, byReader.scopes]) {
        expect(scopes).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(admin|read:all|write:all)$/)]))
      }
    },
  )

  test('for contacts, by an Admin, reads, creates, updates and deletes them', async () => {
    const { scopes } = await mintPlaygroundKey(await maker(), { resource: 'contacts' })
    expect(scopes).toEqual(['contacts:read', 'contacts:write', 'contacts:delete'])
  })

  test('is audited as any creation, without the key', async () => {
    const ctx = await maker()
    const made = await mintPlaygroundKey(ctx, { resource: 'contacts' })
    const entries = await auditOf(made.id)
    expect(entries).toMatchObject([
      {
        action: 'api_key.created',
        actor_label: ctx.actor.email,
        target_label: made.key_prefix,
        after: { name: 'Docs playground (temp)', environment: 'test', expires_at: made.expires_at?.toISOString() },
      },
    ])
    expect(JSON.stringify(entries)).not.toContain(made.key.slice(14))
  })

  test('is told by the database and not by its name: an ordinary key of that name is an ordinary key', async () => {
    const organization = await makeOrganization()
    expect((await makeKey(organization, { name: 'Docs playground (temp)' })).playground).toBe(false)
  })
})

describe('a mint is refused', () => {
  test('to a Member, and without the Developer permission, with the reason', async () => {
    const organization = await makeOrganization()
    const member = await makeMember(organization, 'member')
    const { ctx } = await makeMember(organization, 'admin', { developer: false })
    const refused = (context: typeof ctx) => async () => mintPlaygroundKey(context, { resource: 'contacts' })
    await expect(refused(member.ctx)).rejects.toMatchObject({
      code: 'role_forbids',
      detail: expect.stringMatching(/^Members/),
    })
    await expect(refused(ctx)).rejects.toMatchObject({
      code: 'role_forbids',
      detail: expect.stringMatching(/Developer permission/),
    })
  })

  test('while the Developer API is off', async () => {
    const ctx = await maker('admin', makeOrganization({ developer_api: false }))
    await expect(async () => mintPlaygroundKey(ctx, { resource: 'contacts' })).rejects.toMatchObject({
      code: 'developer_api_disabled',
    })
  })

  test('for what is no resource', async () => {
    const ctx = await maker()
    for (const resource of ['', 'admin', 'Leads', 'contacts:read', '__proto__']) {
      await expect(async () => mintPlaygroundKey(ctx, { resource })).rejects.toMatchObject({
        code: 'validation_failed',
        facts: { errors: [{ path: 'resource' }] },
      })
    }
  })
})

describe('the limit of five', () => {
  test('holds for twelve at once', async () => {
    const ctx = await maker()
    const mints = await Promise.allSettled(
      Array.from({ length: 12 }, () => mintPlaygroundKey(ctx, { resource: 'contacts' })),
    )
    expect(mints.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
    for (const mint of mints) {
      if (mint.status === 'rejected')
        expect(mint.reason).toMatchObject({ code: 'key_limit_reached', detail: expect.stringMatching(/^You have 5/) })
    }
    expect(await prisma().apiKey.count({ where: { organization_id: ctx.organization.id } })).toBe(5)
  })

  test('counts those of one person in one organisation, and only what still works', async () => {
    const organization = await makeOrganization()
    const { ctx, user } = await makeMember(organization)
    const mint = () => mintPlaygroundKey(ctx, { resource: 'contacts' })
    const [first, second] = await Promise.all([mint(), mint(), mint(), mint(), mint()])
    await expect(mint()).rejects.toMatchObject({ code: 'key_limit_reached' })
    await expect(createKey(ctx, keyInput({ name: 'Docs playground (temp)' }))).resolves.toBeDefined()
    await mintPlaygroundKey(await maker('admin', Promise.resolve(organization)), { resource: 'contacts' })
    const elsewhere = await makeOrganization()
    const membership = { organization_id: elsewhere.id, user_id: user.id, role: 'admin' as const, developer: true }
    await prisma().membership.create({ data: membership })
    await mintPlaygroundKey({ ...ctx, organization: elsewhere }, { resource: 'contacts' })

    await revokeKey(ctx, { id: first.id, leaked: false })
    await alterKey(second.id, { expires_at: hoursAway(-0.001) })
    await mint()
    await mint()
    await expect(mint()).rejects.toMatchObject({ code: 'key_limit_reached' })
    expect(ctx.actor.user_id).toBe(user.id)
  })

  test('is not all: whoever revokes and mints again comes to an end too', async () => {
    const ctx = await maker()
    const mint = () => mintPlaygroundKey(ctx, { resource: 'contacts' })
    for (let made = 0; made < 30; made++) await revokeKey(ctx, { id: (await mint()).id, leaked: false })
    await expect(mint()).rejects.toMatchObject({ code: 'key_limit_reached' })
    await prisma().apiKey.updateMany({
      where: { organization_id: ctx.organization.id },
      data: { created_at: hoursAway(-1.1), expires_at: hoursAway(-0.1) },
    })
    await expect(mint()).resolves.toBeDefined()
  })

  test('stands beside the plan’s number of keys, among which these count', async () => {
    const organization = await makeOrganization({ plan: 'free' })
    const { ctx } = await makeMember(organization)
    for (let made = 0; made < 19; made++) await makeKey(organization)
    await mintPlaygroundKey(ctx, { resource: 'contacts' })
    await expect(mintPlaygroundKey(ctx, { resource: 'contacts' })).rejects.toMatchObject({
      code: 'key_limit_reached',
      detail: expect.stringMatching(/free plan holds 20/),
    })
    await expect(makeKey(organization)).rejects.toMatchObject({ code: 'key_limit_reached' })
  })
})

test('where the policy wants an allowlist, a playground key works from its maker’s address only, and from elsewhere none is made', async () => {
  const ctx = await maker()
  await updatePolicy(ctx, { ...NO_POLICY, keys_must_expire: true, allowed_ranges: ['203.0.113.0/24'] })
  const from = (address: string | null) =>
    mintPlaygroundKey({ ...ctx, origin: { ...ctx.origin, address } }, { resource: 'contacts' })
  expect((await from('203.0.113.9')).allowed_ips).toEqual(['203.0.113.9'])
  const refused = (detail: RegExp) => ({ code: 'ip_not_allowed', detail: expect.stringMatching(detail), facts: {} })
  await expect(from('198.51.100.1')).rejects.toMatchObject(
    refused(
      /only from 203.0.113.0\/24, and you are at 198.51.100.1: .* Try again from an allowed address, or ask an Admin/,
    ),
  )
  await expect(from(null)).rejects.toMatchObject(refused(/your address is not known/))
})
