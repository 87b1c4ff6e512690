import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { ActingOrganization } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { hashPassword } from '@/lib/people/sign-in/password'
import { callApi, signInAs } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { useMailSettings } from '@/lib/testing/environment'
import { alterKey, makeKey, makeMember, makeOrganization, operator } from '@/lib/testing/fixtures'
import { OPERATIONS, pathOfRow, rowsOf, sampleCall } from '@/lib/testing/operations'
import { byTitle, callRoute, DASHBOARD_ROUTES, makeTargets, type Targets } from '@/lib/testing/routes'
import { sendTest } from '@/lib/work/webhooks/deliveries/send-test'

/**
 * Over all operations and all routes: what is administration leaves one entry for each thing that it changes, which is one
 * but where it is said here. Each says who, from where, and by which request.
 */

useTestDatabase()
useMailSettings()

const ROTATION = ['api_key.created', 'api_key.rotated']

/** What changes two things, each of which is a target of its own. */
const TWO: Record<string, string[]> = {
  'POST /api_keys/{id}/rotate': ROTATION,
  'POST /orgs/:org/keys/:id/rotate': ROTATION,
  'POST /platform/organizations': ['invitation.created', 'organization.created'],
}

async function expectEntries(title: string, request_id: string, facts: object) {
  const entries = await prisma().auditEntry.findMany({ where: { request_id } })
  expect(entries).toHaveLength(TWO[title]?.length ?? 1)
  for (const entry of entries) expect(entry).toMatchObject({ ...facts, address: '127.0.0.1', request_id })
  if (TWO[title]) expect(entries.map(({ action }) => action).toSorted()).toEqual(TWO[title])
  expect(new Set(entries.map(({ target_id }) => target_id)).size).toBe(entries.length)
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
  test('leaves exactly one entry for what it changes', async () => {
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
    await expectEntries(title, request_id, { organization_id: organization.id, actor_kind: 'key', actor_id: id })
  })
})

const PASSWORD = 'correct horse battery'

const makePerson = (platform_admin: boolean) =>
  prisma().user.create({ data: { email: `${randomUUID()}@audited.test`, name: 'Grace', platform_admin } })

type Scene = { organization: ActingOrganization; user: { id: string }; targets: Targets }

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
    // An earlier one would die, which is a change of its own.
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

/** Whoever calls the others is not known. */
const changing = DASHBOARD_ROUTES.filter(
  ({ route }) => route.method !== 'get' && route.role !== 'anybody' && route.path !== SEEN,
)

describe.each(byTitle(changing))('%s', (title, one) => {
  test('leaves exactly one entry for what it changes', async () => {
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
    await expectEntries(title, request_id, { actor_id: user.id })
  })
})
