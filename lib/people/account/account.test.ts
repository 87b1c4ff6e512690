import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { changePassword } from '@/lib/people/account/change-password'
import { endOtherSessions } from '@/lib/people/account/end-other-sessions'
import { endSession } from '@/lib/people/account/end-session'
import { getAccount } from '@/lib/people/account/get'
import { listSessions } from '@/lib/people/account/list-sessions'
import { rename } from '@/lib/people/account/rename'
import { findSession } from '@/lib/people/sign-in/sessions'
import { signIn } from '@/lib/people/sign-in/sign-in'
import { makeAccount, openAccount, PASSWORD } from '@/lib/testing/accounts'
import { useTestDatabase } from '@/lib/testing/database'
import { auditOf, hoursAway, unusedId } from '@/lib/testing/fixtures'
import { overlap } from '@/lib/testing/overlap'

useTestDatabase()

const NEW = 'staple battery horse'

const refused = (promise: Promise<unknown>) => promise.then(() => null).catch((error: unknown) => error)
const addReset = (user_id: string) =>
  prisma().passwordReset.create({
    data: { user_id, token_hash: new Uint8Array(randomBytes(32)), expires_at: hoursAway(0.5) },
  })
const isOpen = async (id: string) => (await findSession(prisma(), id)) !== null

describe('changing the password', () => {
  test('makes the new one good and the old one not, and is audited without either', async () => {
    const { user, ctx } = await openAccount()
    await changePassword(ctx, { current_password: PASSWORD, new_password: NEW })
    const from = { db: prisma(), origin: ctx.origin }
    expect(await signIn(from, { email: user.email, password: PASSWORD })).toBeNull()
    expect(await signIn(from, { email: user.email, password: NEW })).not.toBeNull()
    const entries = await auditOf(user.id)
    const changed = entries.find(({ action }) => action === 'user.password_changed')
    expect(changed).toMatchObject({ organization_id: null, actor_kind: 'person', actor_id: user.id })
    expect(JSON.stringify(entries)).not.toMatch(/battery|argon2/)
  })

  test('ends every other session of the person, and nobody else’s', async () => {
    const { user, ctx } = await openAccount()
    const [other, stranger] = [await openAccount(user), await openAccount()]
    await changePassword(ctx, { current_password: PASSWORD, new_password: NEW })
    expect(await isOpen(ctx.session.id)).toBe(true)
    expect(await isOpen(other.ctx.session.id)).toBe(false)
    expect(await isOpen(stranger.ctx.session.id)).toBe(true)
  })

  test('ends every link to another new password', async () => {
    const { user, ctx } = await openAccount()
    const [, other] = [await addReset(user.id), await openAccount()]
    await addReset(other.user.id)
    await changePassword(ctx, { current_password: PASSWORD, new_password: NEW })
    expect(await prisma().passwordReset.count({ where: { user_id: user.id } })).toBe(0)
    expect(await prisma().passwordReset.count({ where: { user_id: other.user.id } })).toBe(1)
  })

  test('leaves no session of somebody who is signing in with the old one at that moment', async () => {
    const { user, ctx } = await openAccount()
    const change = (db: typeof ctx.db) =>
      changePassword({ ...ctx, db }, { current_password: PASSWORD, new_password: NEW })
    const signingIn = () => signIn({ db: prisma(), origin: ctx.origin }, { email: user.email, password: PASSWORD })
    expect(await overlap(change, signingIn)).toBeNull()
    expect(await prisma().session.count({ where: { user_id: user.id } })).toBe(1)
  })

  test('is refused with a wrong current one, and changes nothing', async () => {
    const { user, ctx } = await openAccount()
    const other = await openAccount(user)
    for (const current_password of ['wrong', '', PASSWORD.toUpperCase()]) {
      expect(await refused(changePassword(ctx, { current_password, new_password: NEW }))).toMatchObject({
        code: 'validation_failed',
        facts: { errors: [{ path: 'current_password' }] },
      })
    }
    expect(await isOpen(other.ctx.session.id)).toBe(true)
    expect(await signIn({ db: prisma(), origin: ctx.origin }, { email: user.email, password: NEW })).toBeNull()
  })

  test('cannot be used to guess the current one: attempts are limited as those to sign in are', async () => {
    const { ctx } = await openAccount()
    const guess = () => refused(changePassword(ctx, { current_password: 'wrong', new_password: NEW }))
    const outcomes = await Promise.all(Array.from({ length: 14 }, guess))
    expect(outcomes.filter((error) => String(error).includes('rate_limited'))).toHaveLength(4)
  })

  test('without a current one is for who has none, and has lately shown who they are', async () => {
    const { user, ctx } = await openAccount()
    const set = (proved: boolean) =>
      refused(
        changePassword({ ...ctx, session: { ...ctx.session, proved } }, { current_password: null, new_password: NEW }),
      )
    expect(await set(true)).toMatchObject({ code: 'validation_failed' })
    await prisma().user.update({ where: { id: user.id }, data: { password_hash: null } })
    expect(await set(false)).toMatchObject({ code: 'proof_required' })
    expect(await set(true)).toBeNull()
    expect(await getAccount(ctx)).toMatchObject({ has_password: true })
  })

  test('of two at once, only one has its way', async () => {
    const { ctx } = await openAccount()
    const outcomes = await Promise.all(
      ['first new password', 'second new password'].map((new_password) =>
        refused(changePassword(ctx, { current_password: PASSWORD, new_password })),
      ),
    )
    expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(1)
  })
})

describe('the list of sessions', () => {
  test('has the open ones of the person, this one first, and says where they are', async () => {
    const { user, ctx } = await openAccount()
    const over = await openAccount(user)
    await prisma().session.update({ where: { id: over.ctx.session.id }, data: { expires_at: hoursAway(-1) } })
    const other = await openAccount(user, { address: '203.0.113.9', user_agent: 'Firefox' })
    await openAccount()
    expect(await listSessions(ctx)).toMatchObject([
      { id: ctx.session.id, current: true },
      { id: other.ctx.session.id, current: false, address: '203.0.113.9', user_agent: 'Firefox' },
    ])
  })

  test('ends one at once, audited', async () => {
    const { user, ctx } = await openAccount()
    const other = await openAccount(user)
    await endSession(ctx, { id: other.ctx.session.id })
    expect(await isOpen(other.ctx.session.id)).toBe(false)
    expect((await auditOf(user.id)).map(({ action }) => action)).toEqual(['session.ended'])
  })

  test("ends nobody else's session, and answers for it as for one that never was", async () => {
    const [{ ctx }, stranger] = [await openAccount(), await openAccount()]
    const outcomes = await Promise.all(
      [stranger.ctx.session.id, unusedId()].map((id) => refused(endSession(ctx, { id }))),
    )
    expect(outcomes.map(String)).toEqual([String(outcomes[0]), String(outcomes[0])])
    expect(outcomes[0]).toMatchObject({ code: 'not_found' })
    expect(await isOpen(stranger.ctx.session.id)).toBe(true)
  })

  test('ends all but this one, and counts them', async () => {
    const { user, ctx } = await openAccount()
    await openAccount(user)
    await openAccount(user)
    expect(await endOtherSessions(ctx)).toEqual({ ended: 2 })
    expect(await listSessions(ctx)).toMatchObject([{ id: ctx.session.id }])
  })
})

test('a new name is told with the old one in the audit, and the same name is no change', async () => {
  const user = await makeAccount()
  const { ctx } = await openAccount(user)
  expect(await rename(ctx, { name: 'Ada King' })).toMatchObject({ name: 'Ada King', email: user.email })
  await rename(ctx, { name: 'Ada King' })
  expect(await auditOf(user.id)).toMatchObject([
    { action: 'user.renamed', before: { name: user.name }, after: { name: 'Ada King' } },
  ])
})
