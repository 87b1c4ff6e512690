import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { prisma } from '@/lib/kernel/db/client'
import type { Policy } from '@/lib/keys/policy/contract'
import { updatePolicy } from '@/lib/keys/policy/update'
import { invite } from '@/lib/people/members/invitations/invite'
import { hashPassword } from '@/lib/people/sign-in/password'
import { outcomeOf, signInAs } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { alterKey, hoursAway, makeKey, makeMember, makeOrganization, operator } from '@/lib/testing/fixtures'
import {
  byTitle,
  callRoute,
  DASHBOARD_ROUTES,
  type DeclaredRoute,
  makeTargets,
  type NamedRoute,
  type Targets,
  type Title,
} from '@/lib/testing/routes'
import { makeWebhook } from '@/lib/testing/webhooks'
import { writtenOf } from '@/lib/testing/written'

/** Over all routes: with a proof too old, only what widens something asks for one, and all of it does. */

useTestDatabase()

const ROLES = ['admin', 'read_only_admin', 'member'] as const

/** Somebody whose proof is too old, who runs the platform too, in an organisation with something to change. */
async function setUp(role: (typeof ROLES)[number]) {
  const organization = await makeOrganization({ plan: 'pro', rate_limit: null })
  const member = await makeMember(organization, role)
  await prisma().user.update({ where: { id: member.user.id }, data: { platform_admin: true } })
  const cookie = await signInAs(member)
  const prove = (proved_at: Date) =>
    prisma().session.updateMany({ where: { user_id: member.user.id }, data: { proved_at } })
  await prove(hoursAway(-0.26))
  return { organization, member, cookie, prove }
}

type Scene = Awaited<ReturnType<typeof setUp>>

type Body<R> = R extends { body: infer Schema extends z.ZodType } ? z.input<Schema> : undefined

/** A call of a route, for which `before` readies what it is about. */
type Case<R = DeclaredRoute> = {
  body?: Body<R>
  before?: (scene: Scene) => Promise<Partial<Targets['ids']> | undefined>
}

type Asking = Extract<DeclaredRoute, { proof: 'to_widen' | 'to_delete' }>

/** Calls that ask, and calls of the same route that do not. The types want them of each route that may ask. */
type Cases = { [R in Asking as Title<R>]: { asks: Case<R>[]; goesOn: Case<R>[] } }

const email = () => `${randomUUID()}@proof.test`
const PASSWORD = 'correct horse battery'
const reason = 'A test.'

const KEY = { scopes: ['contacts:read', 'contacts:write'], allowed_ips: ['203.0.113.0/24'], rate_limit: 60 }

const withKey =
  (environment: 'live' | 'test', revoked = false) =>
  async ({ organization }: Scene) => {
    const { id } = await makeKey(organization, { ...KEY, environment })
    if (revoked) await alterKey(id, { revoked_at: new Date() })
    return { 'API key': id }
  }

const withMember =
  (role: 'admin' | 'read_only_admin' | 'member', developer: boolean) =>
  async ({ organization }: Scene) => ({ user: (await makeMember(organization, role, { developer })).user.id })

const withInvitation =
  (role: 'admin' | 'member') =>
  async ({ organization }: Scene) => {
    const { id } = await invite(operator(organization), { email: email(), role, developer: false })
    return { invitation: id }
  }

const POLICY: Policy = { keys_must_expire: true, longest_lifetime_hours: 100, allowed_ranges: ['203.0.113.0/24'] }
const withPolicy = async ({ organization }: Scene) => void (await updatePolicy(operator(organization), POLICY))

const withOrganization =
  (data: { plan?: 'free' | 'pro' | 'enterprise'; developer_api?: boolean }) =>
  async ({ organization }: Scene) =>
    void (await prisma().organization.update({ where: { id: organization.id }, data }))

const withoutAdmin = async ({ organization }: Scene) =>
  void (await prisma().membership.deleteMany({ where: { organization_id: organization.id, role: 'admin' } }))

const granted = email()
const makeUser = (platform_admin: boolean) => async () =>
  void (await prisma().user.upsert({
    where: { email: granted },
    create: { email: granted, name: 'Grace', platform_admin },
    update: { platform_admin },
  }))

const edits = (bodies: Body<Extract<DeclaredRoute, { method: 'patch'; role: 'manage_keys' }>>[]) =>
  bodies.map((body) => ({ body, before: withKey('live') }))

const WIDER_KEYS = edits([
  { scopes: [...KEY.scopes, 'tasks:read'] },
  { scopes: ['read:all'] },
  { allowed_ips: [] },
  { allowed_ips: ['203.0.113.0/24', '198.51.100.7'] },
  { allowed_ips: ['203.0.112.0/23'] },
  { rate_limit: 61 },
  { rate_limit: null },
  { name: 'Other', scopes: ['contacts:read', 'contacts:delete'] },
])

const SUBSCRIPTION = { url: 'https://example.com/hooks', events: ['contact.created'] }

const withWebhook =
  (fields: Partial<Parameters<typeof makeWebhook>[1]>) =>
  async ({ organization }: Scene) => {
    const { id } = await makeWebhook(organization, { ...SUBSCRIPTION, ...fields })
    return { webhook: id }
  }

const CASES: Cases = {
  'POST /account/password': {
    asks: [{ body: { current_password: null, new_password: PASSWORD } }],
    goesOn: [
      {
        body: { current_password: PASSWORD, new_password: 'another password' },
        before: async ({ member }) =>
          void (await prisma().user.update({
            where: { id: member.user.id },
            data: { password_hash: await hashPassword(PASSWORD) },
          })),
      },
    ],
  },
  'POST /orgs/:org/keys': {
    asks: [{ body: { name: 'New', environment: 'live', scopes: [] } }],
    goesOn: [{ body: { name: 'New', environment: 'test', scopes: ['contacts:read'] } }],
  },
  'PATCH /orgs/:org/keys/:id': {
    asks: WIDER_KEYS,
    goesOn: [
      ...edits([
        { name: 'Other', description: 'Of another team.' },
        { scopes: ['contacts:read'] },
        { scopes: [] },
        { allowed_ips: ['203.0.113.7', '203.0.113.128/25'] },
        { rate_limit: 59 },
        { scopes: [...KEY.scopes].reverse(), allowed_ips: KEY.allowed_ips, rate_limit: KEY.rate_limit },
      ]),
      ...WIDER_KEYS.map(({ body }) => ({ body, before: withKey('test') })),
    ],
  },
  'DELETE /orgs/:org/keys/:id': {
    asks: [{ before: withKey('live') }],
    goesOn: [{ before: withKey('test') }],
  },
  'POST /orgs/:org/keys/:id/reactivate': {
    asks: [{ before: withKey('live', true) }],
    goesOn: [{ before: withKey('test', true) }],
  },
  'POST /orgs/:org/keys/:id/rotate': {
    asks: [{ body: { grace_hours: 0 }, before: withKey('live') }],
    goesOn: [{ body: { grace_hours: 0 }, before: withKey('test') }],
  },
  'POST /orgs/:org/webhooks': {
    asks: [{ body: { ...SUBSCRIPTION, environment: 'live' } }],
    goesOn: [{ body: { ...SUBSCRIPTION, environment: 'test' } }],
  },
  'PATCH /orgs/:org/webhooks/:id': {
    asks: [
      { body: { url: 'https://example.org/hooks' }, before: withWebhook({}) },
      { body: { events: ['contact.created', 'contact.deleted'] }, before: withWebhook({}) },
      { body: { events: ['*'] }, before: withWebhook({}) },
      { body: { events: ['*', 'audit.*'] }, before: withWebhook({ events: ['*'] }) },
      { body: { events: ['audit.member.removed'] }, before: withWebhook({ events: ['*'] }) },
      { body: { enabled: true }, before: withWebhook({ enabled: false }) },
    ],
    goesOn: [
      { body: { url: 'https://example.org/hooks' }, before: withWebhook({ environment: 'test' }) },
      { body: { description: 'Another' }, before: withWebhook({}) },
      { body: { events: ['contact.created'] }, before: withWebhook({ events: ['*'] }) },
      { body: { events: ['audit.member.removed'] }, before: withWebhook({ events: ['audit.*'] }) },
      { body: { enabled: false }, before: withWebhook({}) },
      { body: { url: 'https://example.org/hooks' }, before: withWebhook({ enabled: false }) },
    ],
  },
  'POST /orgs/:org/webhooks/:id/rotate-secret': {
    asks: [{ body: { overlap_hours: 24 }, before: withWebhook({}) }],
    goesOn: [{ body: { overlap_hours: 24 }, before: withWebhook({ environment: 'test' }) }],
  },
  'PUT /orgs/:org/policy': {
    asks: [
      { keys_must_expire: false },
      { longest_lifetime_hours: 101 },
      { longest_lifetime_hours: null },
      { allowed_ranges: [] },
      { allowed_ranges: ['203.0.113.0/24', '198.51.100.0/24'] },
    ].map((change) => ({ body: { ...POLICY, ...change }, before: withPolicy })),
    goesOn: [{}, { longest_lifetime_hours: 99 }, { allowed_ranges: ['203.0.113.0/25'] }].map((change) => ({
      body: { ...POLICY, ...change },
      before: withPolicy,
    })),
  },
  'PATCH /orgs/:org/members/:id': {
    asks: [
      { body: { role: 'admin' }, before: withMember('read_only_admin', true) },
      { body: { role: 'read_only_admin' }, before: withMember('member', false) },
      { body: { developer: true }, before: withMember('admin', false) },
      { body: { role: 'member', developer: true }, before: withMember('admin', false) },
    ],
    goesOn: [
      { body: { role: 'read_only_admin' }, before: withMember('admin', true) },
      { body: { developer: false }, before: withMember('admin', true) },
      { body: { role: 'admin', developer: true }, before: withMember('admin', true) },
    ],
  },
  'POST /orgs/:org/invitations': {
    asks: [
      { body: { email: email(), role: 'admin', developer: false } },
      { body: { email: email(), role: 'read_only_admin', developer: false } },
      { body: { email: email(), role: 'member', developer: true } },
    ],
    goesOn: [{ body: { email: email(), role: 'member', developer: false } }],
  },
  'POST /orgs/:org/invitations/:id/resend': {
    asks: [{ before: withInvitation('admin') }],
    goesOn: [{ before: withInvitation('member') }],
  },
  'POST /platform/organizations': {
    asks: [
      { body: { slug: `p-${randomUUID()}`, name: 'P', plan: 'free', developer_api: false, admin_email: email() } },
    ],
    goesOn: [],
  },
  'PATCH /platform/organizations/:slug': {
    asks: [
      { body: { plan: 'enterprise' } },
      { body: { email_senders: ['other@example.com'] } },
      { body: { developer_api: true, reason }, before: withOrganization({ developer_api: false }) },
      { body: { plan: 'free', developer_api: true, reason }, before: withOrganization({ developer_api: false }) },
    ],
    goesOn: [
      { body: { plan: 'free' } },
      { body: { email_senders: [] } },
      { body: { developer_api: false, reason } },
      { body: { plan: 'pro', developer_api: true, reason } },
    ],
  },
  'POST /platform/organizations/:slug/first-admin': {
    asks: [{ body: { email: email() }, before: withoutAdmin }],
    goesOn: [],
  },
  'POST /platform/admins': {
    asks: [{ body: { email: granted, accept_unproven_email: true }, before: makeUser(false) }],
    goesOn: [{ body: { email: granted }, before: makeUser(true) }],
  },
}

const cases = new Map<string, { asks: Case[]; goesOn: Case[] }>(Object.entries(CASES))
const CHANGES = DASHBOARD_ROUTES.filter(({ route }) => route.method !== 'get')
const ASKING = CHANGES.filter(({ title }) => cases.has(title))
const forPerson = ({ route }: NamedRoute) => route.role === 'person' || route.role === 'platform_admin'

/** Readies one call with the old proof, and makes it. @returns its outcome, and what was written before and after */
async function attempt(one: NamedRoute, { body, before }: Case, scene: Scene) {
  const own = before && (await before(scene))
  const targets = await makeTargets(scene.organization, own ? 'nothing' : (one.route.names ?? 'nothing'))
  const about = { ...targets, ids: { ...targets.ids, ...own } }
  const call = () => callRoute(scene.cookie, one, about, { ...(body && { body }) })
  const was = await writtenOf(targets.org)
  return { outcome: await outcomeOf(await call()), was, is: await writtenOf(targets.org), call }
}

test('a route may ask exactly where it says so', () => {
  const declared = CHANGES.filter(({ route }) => route.method !== 'get' && route.proof !== 'never')
  expect(declared.map(({ title }) => title).toSorted()).toEqual([...cases.keys()].toSorted())
})

describe.each(byTitle(ASKING))('with a proof too old, %s', (_, one) => {
  const { asks = [], goesOn = [] } = cases.get(one.title) ?? {}

  test.each(asks)('asks for one and does nothing, then goes on: %j', async (each) => {
    const scene = await setUp('admin')
    const { outcome, was, is, call } = await attempt(one, each, scene)
    expect(outcome).toBe('proof_required')
    expect(is).toEqual(was)
    await scene.prove(new Date())
    expect(await outcomeOf(await call())).toBeTypeOf('number')
  })

  test.runIf(goesOn.length > 0).each(goesOn)('asks for none where nothing is widened: %j', async (each) => {
    expect((await attempt(one, each, await setUp('admin'))).outcome).toBeTypeOf('number')
  })

  test.runIf(!forPerson(one))('asks nobody whose role forbids it anyway', async () => {
    for (const role of ROLES.slice(1)) {
      const scene = await setUp(role)
      for (const each of asks) {
        const { outcome } = await attempt(one, each, scene)
        const mayCreate = one.title === 'POST /orgs/:org/keys' && role === 'read_only_admin'
        expect(outcome, role).toBe(mayCreate ? 'proof_required' : 'role_forbids')
      }
    }
  })
})

test.each(byTitle(CHANGES.filter(({ title }) => !cases.has(title))))(
  'with a proof too old, %s asks nobody for one',
  async (_, one) => {
    for (const role of ROLES)
      expect((await attempt(one, {}, await setUp(role))).outcome, role).not.toBe('proof_required')
  },
)
