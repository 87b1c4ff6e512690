import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { DAY_MS } from '@/lib/base/time'
import type { Context } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { addMember } from '@/lib/people/members/add'
import { invite } from '@/lib/people/members/invitations/invite'
import { listInvitations } from '@/lib/people/members/invitations/list'
import { resendInvitation } from '@/lib/people/members/invitations/resend'
import { withdrawInvitation } from '@/lib/people/members/invitations/withdraw'
import { removeMember } from '@/lib/people/members/remove'
import { updateMember } from '@/lib/people/members/update'
import { hashToken } from '@/lib/people/sign-in/one-time-token'
import { useTestDatabase } from '@/lib/testing/database'
import { auditOf, makeMember, makeOrganization, unusedId } from '@/lib/testing/fixtures'

useTestDatabase()

const newEmail = () => `${randomUUID()}@new.test`
const inviteInput = (email = newEmail()) => ({ email, role: 'read_only_admin' as const, developer: true })

async function setUp() {
  const organization = await makeOrganization()
  const { ctx, user } = await makeMember(organization)
  return { organization, ctx, user }
}

describe('an invitation', () => {
  test('keeps only the hash of its token, and ends after seven days', async () => {
    const { ctx, user } = await setUp()
    const { token, ...made } = await invite(ctx, inviteInput())
    expect(token).toMatch(/^[\w-]{43}$/)
    const row = await prisma().invitation.findUniqueOrThrow({ where: { id: made.id } })
    expect(row.token_hash).toEqual(hashToken(token))
    expect(row.expires_at.getTime() - row.created_at.getTime()).toBe(7 * DAY_MS)
    const audit = await auditOf(made.id)
    expect(audit).toMatchObject([{ action: 'invitation.created', actor_id: user.id, target_label: made.email }])
    expect(JSON.stringify([row, audit, await listInvitations(ctx)])).not.toContain(token)
  })

  test('is refused for a member and for who is invited already, in that organisation only', async () => {
    const { ctx, organization } = await setUp()
    const member = await makeMember(organization, 'member')
    await expect(invite(ctx, inviteInput(member.user.email))).rejects.toMatchObject({ code: 'already_exists' })
    const { email } = await invite(ctx, inviteInput())
    await expect(invite(ctx, inviteInput(email))).rejects.toMatchObject({
      code: 'already_exists',
      detail: `There is an invitation for ${email} already. Resend it, or withdraw it first.`,
    })
    await expect(invite((await setUp()).ctx, inviteInput(email))).resolves.toMatchObject({ email })
  })

  test('is made once by two who invite at the same time', async () => {
    const { ctx } = await setUp()
    const input = inviteInput()
    const settled = await Promise.allSettled([invite(ctx, input), invite(ctx, input), invite(ctx, input)])
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await listInvitations(ctx)).toHaveLength(1)
  })

  test('can be made again after a withdrawal', async () => {
    const { ctx } = await setUp()
    const { id, email } = await invite(ctx, inviteInput())
    await withdrawInvitation(ctx, { id })
    expect(await listInvitations(ctx)).toEqual([])
    await expect(invite(ctx, inviteInput(email))).resolves.toMatchObject({ status: 'open' })
    expect((await auditOf(id)).map(({ action }) => action)).toEqual(['invitation.created', 'invitation.withdrawn'])
  })

  test('has another token and seven days more when it is resent', async () => {
    const { ctx } = await setUp()
    const first = await invite(ctx, inviteInput())
    await prisma().invitation.update({ where: { id: first.id }, data: { expires_at: new Date(0) } })
    expect(await listInvitations(ctx)).toMatchObject([{ status: 'expired' }])
    const second = await resendInvitation(ctx, { id: first.id })
    expect(second).toMatchObject({ id: first.id, status: 'open' })
    expect(await prisma().invitation.count({ where: { token_hash: hashToken(first.token) } })).toBe(0)
    expect(await prisma().invitation.count({ where: { token_hash: hashToken(second.token) } })).toBe(1)
  })

  test('of another organisation is as one that never was', async () => {
    const { ctx } = await setUp()
    const other = await setUp()
    const { id } = await invite(other.ctx, inviteInput())
    for (const attempt of [resendInvitation, withdrawInvitation]) {
      for (const target of [id, unusedId()]) {
        await expect(attempt(ctx, { id: target })).rejects.toMatchObject({ code: 'not_found' })
      }
    }
    expect(await listInvitations(ctx)).toEqual([])
    expect(await listInvitations(other.ctx)).toHaveLength(1)
  })
})

test('only an Admin invites, resends and withdraws, also if they were one a moment ago', async () => {
  const { ctx, organization } = await setUp()
  const { id } = await invite(ctx, inviteInput())
  const [reader, member, demoted] = [
    await makeMember(organization, 'read_only_admin'),
    await makeMember(organization, 'member'),
    await makeMember(organization),
  ]
  await updateMember(ctx, { id: demoted.user.id, changes: { role: 'member' } })
  for (const who of [reader, member, demoted]) {
    for (const attempt of [
      () => invite(who.ctx, inviteInput()),
      () => resendInvitation(who.ctx, { id }),
      () => withdrawInvitation(who.ctx, { id }),
    ]) {
      await expect((async () => attempt())()).rejects.toMatchObject({ code: 'role_forbids' })
    }
  }
  expect(await listInvitations(reader.ctx)).toHaveLength(1)
  await expect(listInvitations(member.ctx)).rejects.toMatchObject({ code: 'role_forbids' })
})

describe('the link of an invitation', () => {
  const pending = (id: string) => prisma().invitation.count({ where: { id, withdrawn_at: null } })

  test('ends with whoever made it: removed, or an Admin no longer', async () => {
    for (const end of [
      (ctx: Context, id: string) => removeMember(ctx, { id }),
      (ctx: Context, id: string) => updateMember(ctx, { id, changes: { role: 'read_only_admin' } }),
    ]) {
      const { organization, ctx } = await setUp()
      const eve = await makeMember(organization)
      const [hers, mine] = [await invite(eve.ctx, inviteInput()), await invite(ctx, inviteInput())]
      await end(ctx, eve.user.id)
      expect([await pending(hers.id), await pending(mine.id)]).toEqual([0, 1])
      expect((await auditOf(hers.id)).at(-1)).toMatchObject({ action: 'invitation.withdrawn' })
    }
  })

  test('for somebody who was made a member in another way ends with that', async () => {
    const { organization, ctx } = await setUp()
    const { id, email } = await invite(ctx, inviteInput())
    const context = { ...ctx, actor: { kind: 'operator' as const, name: 'tests' }, organization }
    await addMember(context, { email, role: 'member' })
    expect(await pending(id)).toBe(0)
  })
})
