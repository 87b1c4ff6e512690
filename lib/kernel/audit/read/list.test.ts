import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import type { ActingOrganization, Context } from '@/lib/kernel/actors/context'
import { listAuditQuery } from '@/lib/kernel/audit/contract'
import { listAudit } from '@/lib/kernel/audit/read/list'
import { prisma } from '@/lib/kernel/db/client'
import { deleteKey } from '@/lib/keys/life/delete'
import { rotateKey } from '@/lib/keys/life/rotate'
import { updateKey } from '@/lib/keys/life/update'
import { removeMember } from '@/lib/people/members/remove'
import { platformContext } from '@/lib/people/organizations/platform-context'
import { listPlatformAudit } from '@/lib/people/platform/audit/list'
import { callApi, outcomeOf } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { hoursAway, makeKey, makeMember, makeOrganization, operator } from '@/lib/testing/fixtures'

useTestDatabase()

type Asked = Partial<z.input<typeof listAuditQuery>>

const ask = async (ctx: Context, asked: Asked = {}) => (await listAudit(ctx, listAuditQuery.parse(asked))).data
const actionsOf = async (ctx: Context, asked: Asked = {}) => (await ask(ctx, asked)).map(({ action }) => action)

/** An organisation in which one made a key, and that key another. */
async function setUp() {
  const organization = await makeOrganization()
  const { ctx, user } = await makeMember(organization)
  const admin = await makeKey(organization, { name: 'Deploy', scopes: ['admin'] })
  const body = { name: 'Made by a key', scopes: ['contacts:read'], environment: 'live' }
  const made = await (await callApi('/api_keys', { method: 'POST', key: admin.key, body })).json()
  await updateKey(ctx, { id: made.id, changes: { name: 'Renamed' } })
  return { organization, ctx, user, admin, made }
}

const hashOf = (key: string, as: 'hex' | 'base64') => createHash('sha256').update(key).digest(as)

describe('the audit log', () => {
  test('tells who did what to what, by name, with where it came from', async () => {
    const { ctx, user, admin, made } = await setUp()
    const [renamed, byKey, byOperator] = await ask(ctx)
    expect(renamed).toMatchObject({
      action: 'api_key.updated',
      actor: { kind: 'member', id: user.id, label: user.email, name: 'Ada Lovelace' },
      target: { kind: 'api_key', id: made.id, label: made.key_prefix, name: 'Renamed' },
      before: { name: 'Made by a key' },
      after: { name: 'Renamed' },
      environment: 'live',
    })
    expect(byKey).toMatchObject({
      actor: { kind: 'key', id: admin.id, label: admin.key_prefix, name: 'Deploy' },
      address: '127.0.0.1',
      request_id: expect.any(String),
    })
    expect(byOperator).toMatchObject({ actor: { kind: 'operator', label: 'tests', name: null } })
  })

  test('names a person who has left, and a key that was deleted', async () => {
    const { organization, ctx, user, admin } = await setUp()
    await deleteKey(operator(organization), { id: admin.id })
    const other = await makeMember(organization)
    await removeMember(other.ctx, { id: user.id })
    const entries = await ask(other.ctx)
    const byKey = entries.find(({ actor }) => actor.kind === 'key')
    expect(byKey?.actor).toEqual({ kind: 'key', id: admin.id, label: admin.key_prefix, name: 'Deploy' })
    expect(entries.find(({ action }) => action === 'api_key.deleted')?.target.name).toBe('Deploy')
    expect(entries.find(({ actor }) => actor.id === user.id)?.actor.name).toBe('Ada Lovelace')
    await prisma().user.delete({ where: { id: user.id } })
    expect((await ask(other.ctx)).find(({ actor }) => actor.id === user.id)?.actor).toMatchObject({
      label: user.email,
      name: null,
    })
    await expect(ask(ctx)).resolves.toBeDefined()
  })

  test('is narrowed by who, what, to what and when, alone and together', async () => {
    const { ctx, user, admin, made } = await setUp()
    expect(await actionsOf(ctx, { actor: user.email })).toEqual(['api_key.updated'])
    expect(await actionsOf(ctx, { action: 'api_key.created' })).toEqual(['api_key.created', 'api_key.created'])
    expect(await actionsOf(ctx, { target: made.key_prefix })).toEqual(['api_key.updated', 'api_key.created'])
    expect(await actionsOf(ctx, { target: made.id })).toEqual(['api_key.updated', 'api_key.created'])
    expect(await actionsOf(ctx, { target: made.id, actor: admin.key_prefix })).toEqual(['api_key.created'])
    expect(await actionsOf(ctx, { after: hoursAway(-1).toISOString() })).toHaveLength(3)
    expect(await actionsOf(ctx, { before: hoursAway(-1).toISOString() })).toEqual([])
    expect(await actionsOf(ctx, { actor: 'nobody@acme.test' })).toEqual([])
    expect(await actionsOf(ctx, { sort: 'at' })).toEqual(['api_key.created', 'api_key.created', 'api_key.updated'])
  })

  test('finds a key by its prefix and by its hash, as who acted and as what was acted on, once each, deleted or not', async () => {
    const { organization, ctx, admin } = await setUp()
    const expected = ['api_key.created', 'api_key.created']
    const asked = [
      { key: admin.key_prefix },
      { hashed_token: hashOf(admin.key, 'hex') },
      { hashed_token: hashOf(admin.key, 'base64') },
      { hashed_token: hashOf(admin.key, 'hex'), key: admin.key_prefix },
    ]
    for (const one of asked) expect(await actionsOf(ctx, one), JSON.stringify(one)).toEqual(expected)
    await deleteKey(operator(organization), { id: admin.id })
    for (const one of asked)
      expect(await actionsOf(ctx, one), JSON.stringify(one)).toEqual(['api_key.deleted', ...expected])
    expect(await actionsOf(ctx, { hashed_token: hashOf('another', 'hex') })).toEqual([])
    const elsewhere = await setUp()
    expect(await actionsOf(elsewhere.ctx, { hashed_token: hashOf(admin.key, 'hex') })).toEqual([])
  })

  test('finds a rotation by the key that it made, in every way in which a key is found', async () => {
    const { organization, ctx, made } = await setUp()
    const { id, key, key_prefix } = await rotateKey(operator(organization), { id: made.id, grace_hours: 1 })
    const asked: Asked[] = [
      { target: id },
      { target: id.toUpperCase() },
      { target: key_prefix },
      { key: key_prefix },
      { hashed_token: hashOf(key, 'hex') },
      { target: id, key: key_prefix },
      { target: id, actor: 'tests', action: 'api_key.rotated' },
      { target: made.id, key: key_prefix },
    ]
    for (const one of asked) expect(await actionsOf(ctx, one), JSON.stringify(one)).toEqual(['api_key.rotated'])
    expect(await actionsOf(ctx, { target: id, action: 'api_key.created' })).toEqual([])
    await deleteKey(operator(organization), { id })
    expect(await actionsOf(ctx, { hashed_token: hashOf(key, 'hex') })).toEqual(['api_key.deleted', 'api_key.rotated'])
    const elsewhere = await setUp()
    expect(await actionsOf(elsewhere.ctx, { target: id })).toEqual([])
  })

  test('is paged without a gap, also of a key, whose entries come in two ways', async () => {
    const { ctx, admin, made } = await setUp()
    for (const name of ['a', 'b', 'c']) await updateKey(ctx, { id: made.id, changes: { name } })
    const both = { key: admin.key_prefix, actor: 'tests' }
    for (const asked of [{}, { key: admin.key_prefix }, { target: made.id }, both, { sort: 'at' as const }]) {
      const whole = (await ask(ctx, asked)).map(({ id }) => id)
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = await listAudit(ctx, listAuditQuery.parse({ ...asked, limit: '1', cursor }))
        seen.push(...page.data.map(({ id }) => id))
        cursor = page.next_cursor ?? undefined
      } while (cursor)
      expect(seen).toEqual(whole)
    }
  })

  test('takes no cursor of another filter, sort or organisation', async () => {
    const { ctx } = await setUp()
    const { next_cursor } = await listAudit(ctx, listAuditQuery.parse({ limit: '1', action: 'api_key.created' }))
    const cursor = next_cursor ?? ''
    const refused = { code: 'invalid_cursor' }
    for (const asked of [
      {},
      { action: 'api_key.updated' as const },
      { action: 'api_key.created' as const, sort: 'at' },
    ]) {
      await expect(ask(ctx, { ...asked, cursor })).rejects.toMatchObject(refused)
    }
    const other = await makeMember(await makeOrganization())
    await expect(ask(other.ctx, { action: 'api_key.created', cursor })).rejects.toMatchObject(refused)
  })

  test('is closed to Read-Only Admins and Members', async () => {
    const organization = await makeOrganization()
    for (const role of ['read_only_admin', 'member'] as const) {
      const { ctx } = await makeMember(organization, role)
      await expect(ask(ctx)).rejects.toMatchObject({ code: 'role_forbids' })
    }
  })
})

describe('GET /audit_events', () => {
  test('is opened by admin, and not by read:all', async () => {
    const { organization, admin } = await setUp()
    const { key } = await makeKey(organization, { scopes: ['read:all', 'write:all'] })
    expect(await outcomeOf(await callApi('/audit_events', { key }))).toBe('insufficient_scope')
    expect(await outcomeOf(await callApi('/audit_events', { key: admin.key }))).toBe(200)
  })

  test('shows a test key the sandbox alone, and a live key everything else', async () => {
    const { organization, admin } = await setUp()
    const sandbox = await makeKey(organization, { scopes: ['admin'], environment: 'test' })
    const seen = async (key: string) =>
      (await (await callApi('/audit_events', { key })).json()).data.map(
        ({ target }: { target: { id: string } }) => target.id,
      )
    expect(await seen(sandbox.key)).toEqual([sandbox.id])
    expect(await seen(admin.key)).not.toContain(sandbox.id)
    expect(await seen(admin.key)).toHaveLength(3)
  })

  test.each([
    ['action', 'api_key.eaten'],
    ['action', ''],
    ['actor', ''],
    ['actor', 'x'.repeat(255)],
    ['target', 'nul\0'],
    ['key', `lk_live_${'A'.repeat(36)}`],
    ['hashed_token', 'abc'],
    ['hashed_token', `${'g'.repeat(64)}`],
    ['after', 'yesterday'],
    ['before', '2027-13-01T00:00:00Z'],
    ['sort', 'actor'],
    ['limit', '101'],
    ['unknown', '1'],
  ])('refuses nonsense: %s=%s', async (name, value) => {
    const { key } = await makeKey(await makeOrganization(), { scopes: ['admin'] })
    const reply = await callApi(`/audit_events?${new URLSearchParams({ [name]: value })}`, { key })
    expect(await outcomeOf(reply)).toBe('validation_failed')
  })

  test('takes any text to look for, and finds nothing by it', async () => {
    const { key } = await makeKey(await makeOrganization(), { scopes: ['admin'] })
    for (const text of [`' OR 1=1 --`, '%', '_', '\u202e', '00000000-0000-0000-0000-00000000000g', '😀']) {
      for (const name of ['actor', 'target', 'key']) {
        const reply = await callApi(`/audit_events?${new URLSearchParams({ [name]: text })}`, { key })
        expect([reply.status, (await reply.json()).data], text).toEqual([200, []])
      }
    }
  })
})

test('the platform’s log holds what is its own and what its admins did, and nothing else of an organisation', async () => {
  const organization = await makeOrganization()
  await makeKey(organization)
  const platform = await prisma().user.create({
    data: { email: `${organization.slug}@platform.test`, name: 'Petra', platform_admin: true },
  })
  const entry = (fields: { organization_id?: string; actor_kind: string }) => ({
    actor_label: platform.email,
    actor_id: platform.id,
    action: 'organization.changed',
    target_kind: 'organization',
    target_label: organization.slug,
    ...fields,
  })
  const told = async (data: ActingOrganization | null, actor_kind: string) =>
    (await prisma().auditEntry.create({ data: entry({ ...(data && { organization_id: data.id }), actor_kind }) })).id
  const seen = [await told(null, 'operator'), await told(organization, 'platform_admin')]
  const unseen = await told(organization, 'member')
  const { data } = await listPlatformAudit(platformContext(), listAuditQuery.parse({ actor: platform.email }))
  expect(data.map(({ id }) => id).toSorted()).toEqual(seen.toSorted())
  expect(data.map(({ id }) => id)).not.toContain(unseen)
  expect(data[0]?.actor.name).toBe('Petra')
})
