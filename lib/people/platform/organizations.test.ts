import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { NO_ORIGIN } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { countKeysInUse } from '@/lib/keys/life/key-limit'
import { rotateKey } from '@/lib/keys/life/rotate'
import { flushUsage, recordCall } from '@/lib/keys/usage/record'
import { memberContext } from '@/lib/people/members/context'
import { acceptInvitation } from '@/lib/people/members/invitations/accept'
import { lookAtInvitation } from '@/lib/people/members/invitations/look'
import { findOpenRequest } from '@/lib/people/organizations/find-open-request'
import { platformContext } from '@/lib/people/organizations/platform-context'
import { requestAccess } from '@/lib/people/organizations/request-access'
import { setOrganization } from '@/lib/people/organizations/set'
import { createPlatformOrganization } from '@/lib/people/platform/create-organization'
import { declineRequest } from '@/lib/people/platform/decline-request'
import { getPlatformOrganization } from '@/lib/people/platform/get-organization'
import { inviteFirstAdmin } from '@/lib/people/platform/invite-first-admin'
import { listPlatformOrganizations } from '@/lib/people/platform/list-organizations'
import { useOwnDatabase } from '@/lib/testing/database'
import { alterKey, auditOf, hoursAway, makeKey, makeMember, makeOrganization, operator } from '@/lib/testing/fixtures'

useOwnDatabase()

const newEmail = () => `${randomUUID()}@new.test`
const state = async (token: string) => (await lookAtInvitation(prisma(), token, null)).state
const actions = async (id: string) => (await auditOf(id)).map(({ action }) => action)

const create = (slug: string, admin_email = newEmail()) =>
  createPlatformOrganization(platformContext(), { slug, name: 'Beta', plan: 'pro', developer_api: true, admin_email })

describe('a new organisation', () => {
  test('has an invitation for its first Admin, who gets the Developer permission', async () => {
    const { slug, invitation } = await create('beta')
    const person = { name: 'Ada', password: 'a password of hers' }
    await acceptInvitation({ db: prisma(), origin: NO_ORIGIN }, null, { token: invitation.token, person })
    const user = await prisma().user.findUniqueOrThrow({ where: { email: invitation.email } })
    const { actor } = await memberContext(prisma(), user, slug, NO_ORIGIN)
    expect(actor).toMatchObject({ role: 'admin', developer: true })
    const { id } = await prisma().organization.findUniqueOrThrow({ where: { slug } })
    expect(await auditOf(id)).toMatchObject([
      { action: 'organization.created', after: { name: 'Beta', plan: 'pro', first_admin: invitation.email } },
    ])
  })

  test('is made with its invitation or not at all', async () => {
    await create('taken')
    const before = await prisma().invitation.count()
    await expect(create('taken')).rejects.toMatchObject({ code: 'already_exists' })
    expect(await prisma().invitation.count()).toBe(before)
  })

  test('can be given another first Admin: the earlier link dies', async () => {
    const { slug, invitation } = await create('again')
    const newer = await inviteFirstAdmin(platformContext(), { slug, email: newEmail() })
    expect([await state(invitation.token), await state(newer.token)]).toEqual(['withdrawn', 'new_person'])
    const same = await inviteFirstAdmin(platformContext(), { slug, email: newer.email })
    expect([await state(newer.token), await state(same.token)]).toEqual(['withdrawn', 'new_person'])
    expect(await actions(newer.id)).toEqual(['invitation.created', 'invitation.withdrawn'])
  })

  test('is closed to the platform once it has an Admin', async () => {
    const { slug, ...organization } = await makeOrganization()
    await makeMember({ slug, ...organization })
    const inviting = inviteFirstAdmin(platformContext(), { slug, email: newEmail() })
    await expect(inviting).rejects.toMatchObject({ code: 'wrong_state' })
    expect(await prisma().invitation.count({ where: { organization_id: organization.id } })).toBe(0)
  })
})

describe('the console', () => {
  test('counts members, Admins and keys in use, and those used in the last 24 hours', async () => {
    const organization = await makeOrganization()
    await makeMember(organization)
    await makeMember(organization, 'member')
    const keys = [1, 2, 3, 4].map(() => makeKey(organization))
    const [recent, old, revoked] = await Promise.all(keys)
    if (!recent || !old || !revoked) throw new Error('No keys were made.')
    await alterKey(revoked.id, { revoked_at: new Date() })
    const use = (key_id: string, hours: number) => ({ key_id, used_at: hoursAway(-hours) })
    await prisma().keyLastUse.createMany({ data: [use(recent.id, 1), use(old.id, 30), use(revoked.id, 1)] })
    for (const hours of [0, 23, 24]) recordCall(recent.id, { at: hoursAway(-hours), scope: null, status: 200 })
    recordCall(revoked.id, { at: hoursAway(-1), scope: null, status: 401 })
    await flushUsage()
    const { slug } = organization
    expect(await getPlatformOrganization(platformContext(), { slug })).toMatchObject({
      members: 2,
      admins: 1,
      keys: 3,
      keys_used_today: 1,
      calls_today: 3,
      access_request: null,
    })
  })

  test('counts a rotated key and its successor as one, as the plan does', async () => {
    const organization = await makeOrganization()
    const { id } = await makeKey(organization)
    await makeKey(organization)
    const successor = await rotateKey(operator(organization), { id, grace_hours: 24 })
    for (const key_id of [id, successor.id])
      await prisma().keyLastUse.create({ data: { key_id, used_at: hoursAway(-1) } })
    const { slug } = organization
    expect(await getPlatformOrganization(platformContext(), { slug })).toMatchObject({ keys: 2, keys_used_today: 1 })
    const { data } = await listPlatformOrganizations(platformContext(), { q: slug, limit: 1 })
    expect(data).toMatchObject([{ slug, keys: 2 }])
    expect(await countKeysInUse(prisma(), organization.id)).toBe(2)
  })

  test('pages through all organisations by slug, and finds by name and slug', async () => {
    for (const slug of ['page-b', 'page-a', 'page-c']) await makeOrganization({ slug, name: `Paged ${slug}` })
    const found: string[] = []
    let cursor: string | undefined
    do {
      const page = await listPlatformOrganizations(platformContext(), { q: 'pAGED', limit: 2, cursor })
      found.push(...page.data.map(({ slug }) => slug))
      cursor = page.next_cursor ?? undefined
    } while (cursor)
    expect(found).toEqual(['page-a', 'page-b', 'page-c'])
    expect((await listPlatformOrganizations(platformContext(), { q: 'ge-b', limit: 9 })).data).toHaveLength(1)
    expect((await listPlatformOrganizations(platformContext(), { q: '%', limit: 9 })).data).toEqual([])
  })
})

describe('a request for access', () => {
  async function setUp() {
    const organization = await makeOrganization({ developer_api: false })
    const { ctx } = await makeMember(organization)
    return { organization, ctx, slug: organization.slug }
  }
  const requests = (q: string) => listPlatformOrganizations(platformContext(), { q, requests: 'open', limit: 9 })

  test('is open once at a time, however many ask at once', async () => {
    const { ctx, organization, slug } = await setUp()
    const other = await makeMember(organization)
    const settled = await Promise.allSettled([ctx, other.ctx, ctx].map((who) => requestAccess(who)))
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of settled) if (one.status === 'rejected') expect(one.reason.code).toBe('already_exists')
    expect((await requests(slug)).data).toMatchObject([{ slug, access_request: { requested_by: 'Ada Lovelace' } }])
  })

  test('is granted when the flag goes on, by whomever, with the reason in the audit', async () => {
    const { ctx, organization, slug } = await setUp()
    await requestAccess(ctx)
    const { id } = await prisma().accessRequest.findFirstOrThrow({ where: { organization_id: organization.id } })
    await setOrganization(platformContext(), { slug, developer_api: true, reason: 'They pay.' })
    expect(await findOpenRequest(ctx)).toBeNull()
    expect((await auditOf(id)).at(-1)).toMatchObject({ action: 'access_request.granted', reason: 'They pay.' })
    expect((await auditOf(organization.id)).at(-1)).toMatchObject({
      action: 'organization.changed',
      reason: 'They pay.',
      before: { developer_api: false },
      after: { developer_api: true },
    })
    expect((await requests(slug)).data).toEqual([])
  })

  test('can be made again after it was declined, and is declined once', async () => {
    const { ctx, slug } = await setUp()
    await requestAccess(ctx)
    await declineRequest(platformContext(), { slug, reason: 'Not yet.' })
    const again = declineRequest(platformContext(), { slug, reason: 'Not yet.' })
    await expect(again).rejects.toMatchObject({ code: 'not_found' })
    await requestAccess(ctx)
    expect(await findOpenRequest(ctx)).not.toBeNull()
  })

  test('is refused where the flag is on, and to whoever is no Admin', async () => {
    const { organization, slug, ctx } = await setUp()
    for (const role of ['read_only_admin', 'member'] as const) {
      const asking = makeMember(organization, role).then((who) => requestAccess(who.ctx))
      await expect(asking).rejects.toMatchObject({ code: 'role_forbids' })
    }
    await setOrganization(platformContext(), { slug, developer_api: true })
    await expect(requestAccess(ctx)).rejects.toMatchObject({ code: 'wrong_state' })
  })
})

test('turning the flag off stops every key at the next call', async () => {
  const { callApi, outcomeOf } = await import('@/lib/testing/call')
  const organization = await makeOrganization()
  const { key } = await makeKey(organization)
  const set = (developer_api: boolean) =>
    setOrganization(platformContext(), { slug: organization.slug, developer_api, reason: 'Testing.' })
  const call = async () => outcomeOf(await callApi('/me', { key }))
  expect(await call()).toBe(200)
  await set(false)
  expect(await call()).toBe('developer_api_disabled')
  await set(true)
  expect(await call()).toBe(200)
})
