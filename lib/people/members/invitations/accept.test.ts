import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { NO_ORIGIN } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { acceptInvitation } from '@/lib/people/members/invitations/accept'
import { invite } from '@/lib/people/members/invitations/invite'
import { lookAtInvitation } from '@/lib/people/members/invitations/look'
import { resendInvitation } from '@/lib/people/members/invitations/resend'
import { withdrawInvitation } from '@/lib/people/members/invitations/withdraw'
import { signIn } from '@/lib/people/sign-in/sign-in'
import { useTestDatabase } from '@/lib/testing/database'
import { auditOf, makeMember, makeOrganization } from '@/lib/testing/fixtures'
import { overlap } from '@/lib/testing/overlap'

useTestDatabase()

const person = { name: 'Grace Hopper', password: 'a password of hers' }
const context = () => ({ db: prisma(), origin: NO_ORIGIN })

async function setUp(email = `${randomUUID()}@new.test`) {
  const organization = await makeOrganization()
  const { ctx } = await makeMember(organization)
  const input = { email, role: 'read_only_admin' as const, developer: true, accept_unproven_email: true }
  const invitation = await invite(ctx, input)
  return { organization, ctx, ...invitation }
}

/** A person with an account, in an organisation of their own. */
const stranger = async () => (await makeMember(await makeOrganization())).user

const membershipsOf = (email: string) =>
  prisma().membership.findMany({
    where: { user: { email } },
    select: { organization_id: true, role: true, developer: true },
  })
const state = async (token: string, user: { id: string; email: string } | null = null) =>
  (await lookAtInvitation(prisma(), token, user)).state

describe('a link', () => {
  test('makes somebody new a member with the role of the invitation, and the password they chose', async () => {
    const { organization, email, token } = await setUp()
    expect(await state(token)).toBe('new_person')
    const accepted = await acceptInvitation(context(), null, { token, person })
    expect(accepted.organization.slug).toBe(organization.slug)
    expect(await membershipsOf(email)).toEqual([
      { organization_id: organization.id, role: 'read_only_admin', developer: true },
    ])
    const opened = await signIn(context(), { email, password: person.password })
    const audit = await auditOf(opened?.user_id ?? '')
    expect(audit.map(({ action, actor_label }) => [action, actor_label])).toContainEqual(['member.added', email])
    expect(JSON.stringify(audit)).not.toContain(token)
  })

  test('lets the person who is signed in with its email join, without a new account', async () => {
    const user = await stranger()
    const { token, id } = await setUp(user.email)
    expect(await state(token)).toBe('sign_in')
    expect(await state(token, user)).toBe('join')
    await acceptInvitation(context(), user, { token })
    expect(await membershipsOf(user.email)).toHaveLength(2)
    expect((await auditOf(user.id)).at(-1)).toMatchObject({
      action: 'member.added',
      actor_id: user.id,
      after: { role: 'read_only_admin', developer: true, invitation: id },
    })
  })

  test('never sets the password of an account that is there', async () => {
    const user = await stranger()
    const { token } = await setUp(user.email)
    await expect(acceptInvitation(context(), null, { token, person })).rejects.toMatchObject({
      code: 'wrong_state',
      detail: `${user.email} has an account. Sign in to accept the invitation.`,
    })
    expect(await prisma().user.findUnique({ where: { id: user.id }, select: { password_hash: true } })).toEqual({
      password_hash: null,
    })
    expect(await membershipsOf(user.email)).toHaveLength(1)
  })

  test('opens nothing to somebody who is signed in with another email', async () => {
    const [user, { token, email }] = [await stranger(), await setUp()]
    expect(await state(token, user)).toBe('another_person')
    for (const input of [{ token }, { token, person }]) {
      await expect(acceptInvitation(context(), user, input)).rejects.toMatchObject({ code: 'role_forbids' })
    }
    expect(await membershipsOf(email)).toEqual([])
  })

  test('says so to a member, and leaves the role as it is', async () => {
    const user = await stranger()
    const { token, organization } = await setUp(user.email)
    const membership = { organization_id: organization.id, user_id: user.id, role: 'member' as const }
    await prisma().membership.create({ data: membership })
    expect(await state(token, user)).toBe('member')
    await expect(acceptInvitation(context(), user, { token })).rejects.toMatchObject({ code: 'already_exists' })
    expect(await membershipsOf(user.email)).toContainEqual(expect.objectContaining({ role: 'member' }))
  })
})

describe('a link is dead', () => {
  const refused = async (token: string, expected: string, code: string) => {
    expect(await state(token)).toBe(expected)
    await expect(acceptInvitation(context(), null, { token, person })).rejects.toMatchObject({ code })
  }

  test('when it was used', async () => {
    const { token } = await setUp()
    await acceptInvitation(context(), null, { token, person })
    await refused(token, 'used', 'wrong_state')
  })

  test('when it was withdrawn', async () => {
    const { ctx, id, token } = await setUp()
    await withdrawInvitation(ctx, { id })
    await refused(token, 'withdrawn', 'wrong_state')
  })

  test('when it has expired, by the database’s clock', async () => {
    const { id, token } = await setUp()
    await prisma()
      .$executeRaw`UPDATE invitations SET expires_at = clock_timestamp() - interval '1 ms' WHERE id = ${id}::uuid`
    await refused(token, 'expired', 'wrong_state')
  })

  test('when a newer one was made, or it never was', async () => {
    const { ctx, id, token } = await setUp()
    const newer = await resendInvitation(ctx, { id })
    await refused(token, 'unknown', 'not_found')
    await refused(`${newer.token}x`, 'unknown', 'not_found')
    expect(await state(newer.token)).toBe('new_person')
  })
})

describe('of several who use a link at the same time, one joins:', () => {
  test('all of them new', async () => {
    const { token, email, organization } = await setUp()
    const attempts = [1, 2, 3, 4].map((n) =>
      acceptInvitation(context(), null, { token, person: { ...person, name: `Number ${n}` } }),
    )
    const settled = await Promise.allSettled(attempts)
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of settled) if (one.status === 'rejected') expect(one.reason.code).toBe('wrong_state')
    expect(await membershipsOf(email)).toHaveLength(1)
    expect(await prisma().membership.count({ where: { organization_id: organization.id } })).toBe(2)
  })

  test('not even one, where it is withdrawn before', async () => {
    const { ctx, id, token, email } = await setUp()
    const late = overlap(
      (db) => withdrawInvitation({ ...ctx, db }, { id }),
      () => acceptInvitation(context(), null, { token, person }).catch((error) => error.code),
    )
    expect(await late).toBe('wrong_state')
    expect(await membershipsOf(email)).toEqual([])
  })
})
