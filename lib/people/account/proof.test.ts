import { describe, expect, test } from 'vitest'
import { HOUR_MS } from '@/lib/base/time'
import { NO_ORIGIN } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { prove } from '@/lib/people/account/prove'
import { findSession, openSession, proveSession } from '@/lib/people/sign-in/sessions'
import { openAccount, PASSWORD } from '@/lib/testing/accounts'
import { useTestDatabase } from '@/lib/testing/database'
import { auditOf } from '@/lib/testing/fixtures'

useTestDatabase()

/** The last proof of a session becomes one of so many minutes ago, by the database's clock. */
const age = (id: string, minutes: number) =>
  prisma().$executeRaw`
    UPDATE sessions SET proved_at = clock_timestamp() - make_interval(secs => ${minutes * 60}) WHERE id = ${id}::uuid`

const proved = async (id: string) => (await findSession(prisma(), id))?.proved

describe('a proof', () => {
  test('is made by signing in, and holds for fifteen minutes', async () => {
    const { ctx } = await openAccount()
    const { id } = ctx.session
    expect(await proved(id)).toBe(true)
    await age(id, 14.9)
    expect(await proved(id)).toBe(true)
    await age(id, 15.1)
    expect(await proved(id)).toBe(false)
  })

  test('is made anew by the password, for this session alone, audited', async () => {
    const { user, ctx } = await openAccount()
    const other = await openAccount(user)
    for (const { session } of [ctx, other.ctx]) await age(session.id, 60)
    await prove(ctx, { password: PASSWORD })
    expect(await proved(ctx.session.id)).toBe(true)
    expect(await proved(other.ctx.session.id)).toBe(false)
    expect((await auditOf(user.id)).map(({ action }) => action)).toEqual(['session.proved'])
  })

  test('is not made by another password, nor by somebody without one', async () => {
    const { user, ctx } = await openAccount()
    await age(ctx.session.id, 60)
    await expect(prove(ctx, { password: 'wrong' })).rejects.toMatchObject({ code: 'validation_failed' })
    await prisma().user.update({ where: { id: user.id }, data: { password_hash: null } })
    await expect(prove(ctx, { password: PASSWORD })).rejects.toMatchObject({ code: 'validation_failed' })
    expect(await proved(ctx.session.id)).toBe(false)
  })

  test('cannot be guessed: attempts are limited as those to sign in are, which the platform’s log tells once', async () => {
    const { user, ctx } = await openAccount()
    for (let round = 0; round < 10; round++) await prove(ctx, { password: 'wrong' }).catch(() => null)
    for (let round = 0; round < 2; round++) {
      await expect(prove(ctx, { password: PASSWORD })).rejects.toMatchObject({ code: 'rate_limited' })
    }
    expect(await auditOf(user.id)).toMatchObject([{ action: 'session.proof_locked', organization_id: null }])
  })

  test('of another clock that is ahead counts from now on, and an older one takes nothing away', async () => {
    const { user } = await openAccount()
    const ahead = new Date(Date.now() + HOUR_MS)
    const opened = await prisma().$transaction((db) =>
      openSession(db, { user_id: user.id, origin: NO_ORIGIN, proved_at: ahead }),
    )
    const { proved_at } = await prisma().session.findUniqueOrThrow({ where: { id: opened.id } })
    expect(proved_at?.getTime()).toBeLessThan(ahead.getTime() - 3_000_000)
    await proveSession(prisma(), opened.id, new Date(0))
    expect(await proved(opened.id)).toBe(true)
  })

  test('is not there where the sign-in does not say when it was', async () => {
    const { user } = await openAccount()
    const opened = await prisma().$transaction((db) =>
      openSession(db, { user_id: user.id, origin: NO_ORIGIN, proved_at: null }),
    )
    expect(await proved(opened.id)).toBe(false)
  })
})
