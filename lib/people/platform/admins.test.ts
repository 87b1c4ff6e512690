import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { NO_ORIGIN } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { platformContext } from '@/lib/people/organizations/platform-context'
import { platformAdminContext } from '@/lib/people/platform/admin-context'
import { grantPlatformAdmin } from '@/lib/people/platform/grant-admin'
import { listPlatformAdmins } from '@/lib/people/platform/list-admins'
import { takePlatformAdmin } from '@/lib/people/platform/take-admin'
import { useOwnDatabase } from '@/lib/testing/database'
import { auditOf, unusedId } from '@/lib/testing/fixtures'
import { overlap } from '@/lib/testing/overlap'

useOwnDatabase()

async function makeUser(platform_admin = false) {
  const data = { email: `${randomUUID()}@platform.test`, email_proved_at: new Date(), name: 'Petra', platform_admin }
  const user = await prisma().user.create({ data })
  return { ...user, ctx: platform_admin ? platformAdminContext(prisma(), { ...user, proved: true }, NO_ORIGIN) : null }
}

async function makeAdmin() {
  const { ctx, ...user } = await makeUser(true)
  if (!ctx) throw new Error('No platform admin was made.')
  return { ...user, ctx }
}

const admins = async () => (await listPlatformAdmins(platformContext())).map(({ id }) => id)

beforeEach(async () => {
  await prisma().user.updateMany({ data: { platform_admin: false } })
})

test('whoever does not run the platform has no context to act in', async () => {
  const user = await makeUser()
  expect(() => platformAdminContext(prisma(), user, NO_ORIGIN)).toThrow('There is no such path.')
})

describe('the platform', () => {
  test('is granted to an account, once, and audited', async () => {
    const [admin, other] = [await makeAdmin(), await makeUser()]
    for (let round = 0; round < 2; round++) {
      expect(await grantPlatformAdmin(admin.ctx, { email: other.email })).toMatchObject({ id: other.id })
    }
    expect((await admins()).toSorted()).toEqual([admin.id, other.id].toSorted())
    expect(await auditOf(other.id)).toMatchObject([
      { action: 'platform_admin.granted', actor_kind: 'platform_admin', actor_id: admin.id, organization_id: null },
    ])
  })

  test('is granted to nobody without an account', async () => {
    const { ctx } = await makeAdmin()
    const granting = grantPlatformAdmin(ctx, { email: 'nobody@platform.test' })
    await expect(granting).rejects.toMatchObject({ code: 'not_found' })
  })

  test('is taken, also from oneself, while another stays', async () => {
    const [one, other] = [await makeAdmin(), await makeAdmin()]
    await takePlatformAdmin(one.ctx, { id: one.id })
    expect(await admins()).toEqual([other.id])
    expect((await auditOf(one.id)).map(({ action }) => action)).toEqual(['platform_admin.taken'])
    await expect(takePlatformAdmin(other.ctx, { id: other.id })).rejects.toMatchObject({
      code: 'wrong_state',
      detail: `${other.email} is the only platform admin. Make somebody else one first.`,
    })
    expect(await admins()).toEqual([other.id])
  })

  test('is taken from nobody who does not have it', async () => {
    const [admin, user] = [await makeAdmin(), await makeUser()]
    for (const id of [user.id, unusedId()]) {
      await expect(takePlatformAdmin(admin.ctx, { id })).rejects.toMatchObject({ code: 'not_found' })
    }
  })

  test('stays with one of two who take it from each other, or give it up, at the same time', async () => {
    for (const fromEachOther of [true, false]) {
      await prisma().user.updateMany({ data: { platform_admin: false } })
      const [one, other] = [await makeAdmin(), await makeAdmin()]
      const [first, second] = fromEachOther ? [other, one] : [one, other]
      const late = overlap(
        (db) => takePlatformAdmin({ ...first.ctx, db }, { id: one.id }),
        () => takePlatformAdmin(second.ctx, { id: other.id }),
      )
      await expect(late).rejects.toMatchObject({ code: fromEachOther ? 'not_found' : 'wrong_state' })
      expect(await admins()).toEqual([other.id])
    }
  })

  test('is not handed on by whoever lost it a moment ago', async () => {
    const [one, lost, friend] = [await makeAdmin(), await makeAdmin(), await makeUser()]
    await takePlatformAdmin(one.ctx, { id: lost.id })
    for (const attempt of [
      () => grantPlatformAdmin(lost.ctx, { email: friend.email }),
      () => takePlatformAdmin(lost.ctx, { id: one.id }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'not_found' })
    }
    expect(await admins()).toEqual([one.id])
  })
})
