import { describe, expect, test } from 'vitest'
import { NO_ORIGIN } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { memberContext } from '@/lib/people/members/context'
import { useTestDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization } from '@/lib/testing/fixtures'

useTestDatabase()

const contextOf = (user: { id: string; email: string }, slug: string) => memberContext(prisma(), user, slug, NO_ORIGIN)

describe('what a member acts with', () => {
  test('is the role, the permission and the organisation as they are now', async () => {
    const organization = await makeOrganization({ plan: 'free', rate_limit: null })
    const { user } = await makeMember(organization, 'read_only_admin')
    expect(await contextOf(user, organization.slug)).toMatchObject({
      actor: { kind: 'member', user_id: user.id, email: user.email, role: 'read_only_admin', developer: true },
      organization,
      origin: NO_ORIGIN,
    })
    await prisma().membership.updateMany({ where: { user_id: user.id }, data: { role: 'member', developer: false } })
    await prisma().organization.update({ where: { id: organization.id }, data: { developer_api: false, plan: 'pro' } })
    expect(await contextOf(user, organization.slug)).toMatchObject({
      actor: { role: 'member', developer: false },
      organization: { developer_api: false, plan: 'pro' },
    })
  })

  test('is of the organisation that is named, with the role there', async () => {
    const [one, other] = [await makeOrganization(), await makeOrganization()]
    const { user } = await makeMember(one, 'admin')
    await prisma().membership.create({ data: { organization_id: other.id, user_id: user.id, role: 'member' } })
    expect((await contextOf(user, one.slug)).actor.role).toBe('admin')
    expect((await contextOf(user, other.slug)).actor).toMatchObject({ role: 'member', developer: false })
  })

  test('is the same nothing where the person is no member and where there is no organisation', async () => {
    const [ours, theirs] = [await makeOrganization(), await makeOrganization()]
    const { user } = await makeMember(ours)
    for (const slug of [theirs.slug, 'no-such-organisation', '', 'a\0b', 'x'.repeat(10_000), ours.slug.toUpperCase()]) {
      await expect(contextOf(user, slug)).rejects.toMatchObject({
        code: 'not_found',
        detail: 'There is no such organisation.',
      })
    }
  })
})
