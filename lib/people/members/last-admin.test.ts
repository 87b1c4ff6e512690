import { describe, expect, test } from 'vitest'
import type { ActingOrganization, Context } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { removeMember } from '@/lib/people/members/remove'
import { updateMember } from '@/lib/people/members/update'
import { useTestDatabase } from '@/lib/testing/database'
import { auditOf, makeMember, makeOrganization, operator } from '@/lib/testing/fixtures'
import { overlap } from '@/lib/testing/overlap'

useTestDatabase()

const demote = (ctx: Context, id: string) => updateMember(ctx, { id, changes: { role: 'member' } })
const remove = (ctx: Context, id: string) => removeMember(ctx, { id })
const adminsOf = ({ id }: ActingOrganization) =>
  prisma().membership.count({ where: { organization_id: id, role: 'admin' } })

describe('the last Admin', () => {
  test('is neither demoted nor removed, by whomever, and nothing is audited', async () => {
    const organization = await makeOrganization()
    const { user, ctx } = await makeMember(organization)
    await makeMember(organization, 'read_only_admin')
    for (const actor of [ctx, operator(organization)]) {
      for (const lose of [demote, remove]) {
        await expect(lose(actor, user.id)).rejects.toMatchObject({
          code: 'wrong_state',
          detail: `${user.email} is the only Admin. Make somebody else an Admin first.`,
        })
      }
    }
    expect(await adminsOf(organization)).toBe(1)
    expect(await auditOf(user.id)).toEqual([])
  })

  test('may have the Developer permission changed, and be named Admin again', async () => {
    const { user, ctx } = await makeMember(await makeOrganization())
    const after = await updateMember(ctx, { id: user.id, changes: { role: 'admin', developer: false } })
    expect(after).toMatchObject({ id: user.id, role: 'admin', developer: false })
  })

  test('is not counted together with the Admins of another organisation', async () => {
    await makeMember(await makeOrganization())
    const { user, ctx } = await makeMember(await makeOrganization())
    await expect(demote(ctx, user.id)).rejects.toMatchObject({ code: 'wrong_state' })
  })

  test('can go once there is another', async () => {
    const organization = await makeOrganization()
    const [one, other] = [await makeMember(organization), await makeMember(organization, 'member')]
    await updateMember(one.ctx, { id: other.user.id, changes: { role: 'admin' } })
    await remove(one.ctx, one.user.id)
    expect(await adminsOf(organization)).toBe(1)
    await expect(demote(operator(organization), other.user.id)).rejects.toMatchObject({ code: 'wrong_state' })
  })
})

describe('of two Admins who go at once, one stays:', () => {
  test.each([
    ['both demoted', demote, demote],
    ['both removed', remove, remove],
    ['one demoted, one removed', demote, remove],
    ['one removed, one demoted', remove, demote],
  ])('%s', async (_, first, second) => {
    const organization = await makeOrganization()
    const [one, other] = [await makeMember(organization), await makeMember(organization)]
    const late = overlap(
      (db) => first({ ...operator(organization), db }, one.user.id),
      () => second(operator(organization), other.user.id),
    )
    await expect(late).rejects.toMatchObject({ code: 'wrong_state' })
    expect(await adminsOf(organization)).toBe(1)
  })

  test('each by the other', async () => {
    const organization = await makeOrganization()
    const [one, other] = [await makeMember(organization), await makeMember(organization)]
    const late = overlap(
      (db) => demote({ ...one.ctx, db }, other.user.id),
      () => demote(other.ctx, one.user.id),
    )
    await expect(late).rejects.toMatchObject({ code: 'role_forbids' })
    expect(await adminsOf(organization)).toBe(1)
  })
})

test('an Admin who was demoted a moment ago changes nobody any more', async () => {
  const organization = await makeOrganization()
  const [chief, demoted, other] = [
    await makeMember(organization),
    await makeMember(organization),
    await makeMember(organization, 'member'),
  ]
  await demote(chief.ctx, demoted.user.id)
  for (const lose of [demote, remove]) {
    await expect(lose(demoted.ctx, other.user.id)).rejects.toMatchObject({ code: 'role_forbids' })
  }
  await remove(chief.ctx, demoted.user.id)
  await expect(remove(demoted.ctx, other.user.id)).rejects.toMatchObject({ code: 'not_found' })
  expect(await auditOf(other.user.id)).toEqual([])
})
