import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type ActingOrganization, NO_ORIGIN } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { createKey } from '@/lib/keys/life/create'
import { revokeKeys } from '@/lib/keys/life/revocation/revoke-many'
import { invite } from '@/lib/people/members/invitations/invite'
import { removeMember } from '@/lib/people/members/remove'
import { sealEnd } from '@/lib/people/notices/mail/end-link'
import { platformContext } from '@/lib/people/organizations/platform-context'
import { issueResetLink } from '@/lib/people/password-resets/issue-link'
import { inviteFirstAdmin } from '@/lib/people/platform/invite-first-admin'
import { makeSetupToken } from '@/lib/people/platform/setup-token'
import { hashPassword } from '@/lib/people/sign-in/password'
import { callApi, signInAs } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { useMailSettings } from '@/lib/testing/environment'
import { alterKey, keyInput, makeKey, makeMember, makeOrganization, operator } from '@/lib/testing/fixtures'
import { OPERATIONS, pathOfRow, rowsOf, sampleCall } from '@/lib/testing/operations'
import { byTitle, callRoute, DASHBOARD_ROUTES, makeTargets, type Targets } from '@/lib/testing/routes'
import { sendTest } from '@/lib/work/webhooks/deliveries/send-test'

/**
 * Over all operations and all routes: what is administration leaves exactly one entry, which says who, from where, and by
 * which request.
 */

useTestDatabase()
useMailSettings()

async function expectOneEntry(request_id: string, facts: object) {
  const entries = await prisma().auditEntry.findMany({ where: { request_id } })
  expect(entries).toMatchObject([{ ...facts, address: '127.0.0.1', request_id }])
}

/** A delivery of the newest webhook that can be sent again. */
async function failDelivery({ id }: ActingOrganization) {
  const webhook = await prisma().webhook.findFirstOrThrow({ where: { organization_id: id } })
  await sendTest(operator(await prisma().organization.findUniqueOrThrow({ where: { id } })), { id: webhook.id })
  await prisma().webhookDelivery.updateMany({ where: { webhook_id: webhook.id }, data: { status: 'failed' } })
}

const EVERYTHING = { after: '2026-01-01T00:00:00Z' }

/** Bodies that change something, where the example of the contract is what is there already. */
const OTHER: Record<string, { body: object; before?: (organization: ActingOrganization) => Promise<void> }> = {
  'PATCH /webhooks/{id}': { body: { description: 'Another' } },
  'PATCH /teams/{id}': { body: { name: 'Another' } },
  'PATCH /api_keys/{id}': { body: { name: 'Another' } },
  'POST /webhooks/{id}/replay': { body: EVERYTHING, before: failDelivery },
}

const administered = OPERATIONS.filter(
  ({ operation, resource }) =>
    operation.method !== 'get' && (resource.administration || operation.path === '/me/revoke'),
)

describe.each(administered)('$title', ({ title, operation }) => {
  test('leaves exactly one entry', async () => {
    const organization = await makeOrganization()
    await makeMember(organization)
    await makeMember(organization, 'member', { developer: false })
    const maker = await makeKey(organization, { scopes: ['admin'] })
    const { id, key } = await makeKey(organization, { scopes: ['admin'] })
    const path = await pathOfRow(operation, maker.key)
    const call = await sampleCall(operation, rowsOf(maker.key))
    const other = OTHER[title]
    await other?.before?.(organization)
    const request_id = randomUUID()
    const reply = await callApi(path, {
      ...call,
      ...(other && { body: other.body }),
      key,
      headers: { 'X-Request-Id': request_id },
    })
    expect(reply.status, await reply.clone().text()).toBeLessThan(300)
    await expectOneEntry(request_id, { organization_id: organization.id, actor_kind: 'key', actor_id: id })
  })
})

const PASSWORD = 'correct horse battery'

const makePerson = (platform_admin: boolean) =>
  prisma().user.create({ data: { email: `${randomUUID()}@audited.test`, name: 'Grace', platform_admin } })

type Scene = { organization: ActingOrganization; user: { id: string; email: string }; targets: Targets }

/** What must be so before the call of a route changes anything. Its result is laid over the call. */
const ARRANGED: Record<
  string,
  (scene: Scene) => Promise<{ body?: object; ids?: Partial<Targets['ids']> } | undefined>
> = {
  'POST /account/password': async () => ({ body: { current_password: PASSWORD, new_password: 'another password' } }),
  'POST /account/proof': async () => ({ body: { password: PASSWORD } }),
  'DELETE /account/sessions/:id': async ({ user }) => {
    await signInAs({ user })
    const session = await prisma().session.findFirstOrThrow({
      where: { user_id: user.id },
      orderBy: { created_at: 'desc' },
    })
    return { ids: { session: session.id } }
  },
  'POST /account/sessions/end-others': async ({ user }) => void (await signInAs({ user })),
  'POST /orgs/:org/keys/revoke': async ({ targets }) => ({ body: { ids: [targets.ids['API key']] } }),
  'POST /orgs/:org/keys/:id/reactivate': async ({ targets }) =>
    void (await alterKey(targets.ids['API key'], { revoked_at: new Date() })),
  'POST /orgs/:org/keys/:id/leak/note': async ({ targets }) =>
    void (await alterKey(targets.ids['API key'], { reported_at: new Date() })),
  'POST /orgs/:org/access-request': async ({ organization }) =>
    void (await prisma().organization.update({ where: { id: organization.id }, data: { developer_api: false } })),
  'POST /orgs/:org/webhooks/:id/replay': async ({ organization }) => {
    await failDelivery(organization)
    return { body: EVERYTHING }
  },
  'POST /platform/organizations/:slug/decline': async ({ organization }) =>
    void (await prisma().accessRequest.create({ data: { organization_id: organization.id } })),
  'POST /platform/organizations/:slug/first-admin': async ({ organization: { id: organization_id } }) => {
    await prisma().membership.deleteMany({ where: { organization_id } })
    // An earlier one would die: what that leaves is below.
    await prisma().invitation.deleteMany({ where: { organization_id } })
    return undefined
  },
  'POST /platform/admins': async () => ({
    body: { email: (await makePerson(false)).email, accept_unproven_email: true },
  }),
  'DELETE /platform/admins/:id': async () => ({ ids: { 'platform admin': (await makePerson(true)).id } }),
}

/** What somebody has seen is no administration. */
const SEEN = '/account/notices/read'

/** The others are called by whoever has a link. */
const changing = DASHBOARD_ROUTES.filter(
  ({ route }) => route.method !== 'get' && route.role !== 'anybody' && route.path !== SEEN,
)

describe.each(byTitle(changing))('%s', (title, one) => {
  test('leaves exactly one entry', async () => {
    const organization = await makeOrganization()
    const { user } = await makeMember(organization)
    await makeMember(organization)
    await prisma().user.update({
      where: { id: user.id },
      data: { platform_admin: true, password_hash: await hashPassword(PASSWORD) },
    })
    const targets = await makeTargets(organization)
    const cookie = await signInAs({ user })
    const arranged = await ARRANGED[title]?.({ organization, user, targets })
    const request_id = randomUUID()
    const reply = await callRoute(
      cookie,
      one,
      { ...targets, ids: { ...targets.ids, ...arranged?.ids } },
      { headers: { 'X-Request-Id': request_id }, ...(arranged?.body && { body: arranged.body }) },
    )
    expect(reply.status, await reply.clone().text()).toBeLessThan(300)
    await expectOneEntry(request_id, { actor_id: user.id })
  })
})

type Opened = { body: object; facts: object }

/** What whoever is not signed in changes, by a link that was sent: with which body, and what the entry says. */
const OPENED: Record<string, (scene: Pick<Scene, 'organization' | 'user'>) => Promise<Opened>> = {
  'POST /setup': async () => {
    await prisma().user.updateMany({ where: { platform_admin: true }, data: { platform_admin: false } })
    const token = await makeSetupToken(prisma())
    const body = { token, name: 'Petra', email: `${randomUUID()}@audited.test`, password: PASSWORD }
    return { body, facts: { action: 'platform_admin.set_up', actor_label: body.email } }
  },
  'POST /password-resets': async ({ user }) => ({
    body: { email: user.email },
    facts: { action: 'user.password_reset_mailed', actor_kind: 'stranger', target_id: user.id },
  }),
  'POST /password-resets/redeem': async ({ user }) => {
    const { link } = await issueResetLink(platformContext(), user)
    const body = { token: new URL(link).hash.slice(1), password: 'another password' }
    return { body, facts: { action: 'user.password_reset', actor_id: user.id } }
  },
  'POST /invitations/accept': async ({ organization }) => {
    const email = `${randomUUID()}@audited.test`
    const { id, token } = await invite(operator(organization), { email, role: 'admin', developer: true })
    const facts = {
      action: 'member.added',
      actor_label: email,
      after: { role: 'admin', developer: true, invitation: id },
    }
    return { body: { token, person: { name: 'Grace', password: PASSWORD } }, facts }
  },
  'POST /notice-mails/off': async ({ user }) => ({
    body: { token: sealEnd(user.id, ['key_created']) },
    facts: { action: 'user.notices_chosen', actor_kind: 'stranger', target_id: user.id },
  }),
}

/** What a link would do. */
const LOOKED_AT = ['POST /invitations/look', 'POST /notice-mails/look']

const open = DASHBOARD_ROUTES.filter(({ route, title }) => {
  return route.method !== 'get' && route.role === 'anybody' && !LOOKED_AT.includes(title)
})

describe.each(byTitle(open))('%s', (title, one) => {
  test('leaves exactly one entry', async () => {
    const organization = await makeOrganization()
    const { user } = await makeMember(organization)
    const { body, facts } = (await OPENED[title]?.({ organization, user })) ?? { body: {}, facts: {} }
    const request_id = randomUUID()
    const targets = await makeTargets(organization, 'nothing')
    const reply = await callRoute(null, one, targets, { body, headers: { 'X-Request-Id': request_id } })
    expect(reply.status, await reply.clone().text()).toBeLessThan(300)
    // One is carried out behind its reply, which tells nobody whether there is such a person.
    await expect.poll(() => prisma().auditEntry.count({ where: { request_id } })).toBe(1)
    await expectOneEntry(request_id, facts)
  })
})

/** Beside its own entry, what an operation ends on its way keeps its history too, each with the request that ended it. */
describe('what is ended with something else has an entry of its own', () => {
  const actionsOf = async (request_id: string) =>
    (await prisma().auditEntry.findMany({ where: { request_id } })).map(({ action }) => action).toSorted()

  async function setUp() {
    const organization = await makeOrganization()
    const { user, ctx } = await makeMember(organization)
    const leaver = await makeMember(organization)
    const request_id = randomUUID()
    return { organization, user, leaver, request_id, ctx: { ...ctx, origin: { ...ctx.origin, request_id } } }
  }

  test('keys and invitations, with the person who made them', async () => {
    const { ctx, leaver, request_id } = await setUp()
    for (const name of ['one', 'two']) await createKey(leaver.ctx, keyInput({ name }))
    await invite(leaver.ctx, { email: `${randomUUID()}@audited.test`, role: 'admin', developer: true })
    await removeMember(ctx, { id: leaver.user.id, keys: { revoke: [], keep: [], others: 'revoke' } })
    expect(await actionsOf(request_id)).toEqual([
      'api_key.revoked',
      'api_key.revoked',
      'invitation.withdrawn',
      'member.removed',
    ])
  })

  test('keys that are revoked together', async () => {
    const { ctx, organization, request_id } = await setUp()
    const ids = [(await makeKey(organization)).id, (await makeKey(organization)).id]
    await revokeKeys(ctx, { ids, leaked: false })
    expect(await actionsOf(request_id)).toEqual(['api_key.revoked', 'api_key.revoked'])
  })

  test('the earlier link for a first Admin', async () => {
    const { id, slug } = await makeOrganization()
    const request_id = randomUUID()
    const context = { ...platformContext(), origin: { ...NO_ORIGIN, request_id } }
    await inviteFirstAdmin(platformContext(), { slug, email: `${randomUUID()}@audited.test` })
    await inviteFirstAdmin(context, { slug, email: `${randomUUID()}@audited.test` })
    expect(await actionsOf(request_id)).toEqual(['invitation.created', 'invitation.withdrawn'])
    expect(await prisma().invitation.count({ where: { organization_id: id, withdrawn_at: null } })).toBe(1)
  })
})
