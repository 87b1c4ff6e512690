import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { NO_ORIGIN } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { findSession } from '@/lib/people/sign-in/sessions'
import { signInByIdentity } from '@/lib/people/sign-in/sign-in-by-identity'
import { makeAccount, openAccount } from '@/lib/testing/accounts'
import { useTestDatabase } from '@/lib/testing/database'
import { auditOf, makeMember, makeOrganization } from '@/lib/testing/fixtures'

useTestDatabase()

const ISSUER = 'https://login.example.com'

const claimsOf = ({ email }: { email: string }) => ({
  iss: ISSUER,
  sub: `sub-${randomUUID()}`,
  email,
  email_verified: true,
  auth_time: Math.floor(Date.now() / 1_000),
})

const signOn = (claims: object, current: Awaited<ReturnType<typeof findSession>> = null) =>
  signInByIdentity({ db: prisma(), origin: NO_ORIGIN, current }, claims)

const linksOf = (user_id: string) => prisma().identity.count({ where: { user_id } })

describe('an identity', () => {
  test('is linked once, by the verified email in whatever case, and both are audited', async () => {
    const organization = await makeOrganization()
    const { user } = await makeMember(organization)
    const claims = { ...claimsOf(user), email: ` ${user.email.toUpperCase()}` }
    const [first, second] = [await signOn(claims), await signOn({ iss: claims.iss, sub: claims.sub })]
    expect([first, second]).toMatchObject([
      { signed_in: true, user_id: user.id },
      { signed_in: true, user_id: user.id },
    ])
    expect((await auditOf(user.id)).map(({ action, organization_id }) => [action, organization_id])).toEqual([
      ['user.identity_linked', null],
      ['session.signed_in', organization.id],
      ['session.signed_in', organization.id],
    ])
  })

  test('throws out whoever took the address before its owner came, the first time and no other', async () => {
    const { user, ctx } = await openAccount()
    const claims = claimsOf(user)
    await signOn(claims)
    expect(await findSession(prisma(), ctx.session.id)).toBeNull()
    const owner = await prisma().user.findUniqueOrThrow({ where: { id: user.id } })
    expect(owner.password_hash).toBeNull()
    const again = await openAccount(user)
    await prisma().user.update({ where: { id: user.id }, data: { password_hash: 'set by the owner' } })
    await signOn(claims)
    expect(await findSession(prisma(), again.ctx.session.id)).not.toBeNull()
    expect((await prisma().user.findUniqueOrThrow({ where: { id: user.id } })).password_hash).toBe('set by the owner')
  })

  test('of one issuer says nothing of the same subject of another', async () => {
    const [one, other] = [await makeAccount(), await makeAccount()]
    const claims = claimsOf(one)
    await signOn(claims)
    const elsewhere = { ...claims, iss: 'https://other.example.com', email: other.email }
    expect(await signOn(elsewhere)).toMatchObject({ signed_in: true, user_id: other.id })
  })

  test.each([
    ['not verified', { email_verified: false }],
    ['of which nothing is said', { email_verified: undefined }],
    ['that is missing', { email: undefined }],
    ['that is none', { email: 'ada' }],
  ])('is linked by no email %s', async (_, changed) => {
    const user = await makeAccount()
    expect(await signOn({ ...claimsOf(user), ...changed })).toEqual({ signed_in: false, refusal: 'email_unverified' })
    expect(await linksOf(user.id)).toBe(0)
  })

  test('is linked by no email that becomes the address only in lower case', async () => {
    const user = await makeAccount({ email: `kate-${randomUUID()}@folded.test` })
    const kelvin = user.email.replace('k', '\u212A')
    expect(kelvin.toLowerCase()).toBe(user.email)
    expect(await signOn(claimsOf({ email: kelvin }))).toEqual({ signed_in: false, refusal: 'email_unverified' })
    expect(await linksOf(user.id)).toBe(0)
  })

  test('makes nobody', async () => {
    const email = `${randomUUID()}@example.com`
    expect(await signOn(claimsOf({ email }))).toEqual({ signed_in: false, refusal: 'unknown_person' })
    expect(await prisma().user.count({ where: { email } })).toBe(0)
  })

  test('of two that claim one person at once, one is linked', async () => {
    const user = await makeAccount()
    const outcomes = await Promise.all([signOn(claimsOf(user)), signOn(claimsOf(user))])
    expect(outcomes.filter(({ signed_in }) => signed_in)).toHaveLength(1)
    expect(outcomes).toContainEqual({ signed_in: false, refusal: 'linked_elsewhere' })
    expect(await linksOf(user.id)).toBe(1)
  })

  test('that signs on twice at once for the first time is linked once, and signed in twice', async () => {
    const user = await makeAccount()
    const claims = claimsOf(user)
    const outcomes = await Promise.all([signOn(claims), signOn(claims)])
    expect(outcomes.every(({ signed_in }) => signed_in)).toBe(true)
    expect(await linksOf(user.id)).toBe(1)
  })
})

describe('with a session open', () => {
  test('the same person confirms it, and opens no other', async () => {
    const { user, ctx } = await openAccount()
    await prisma().session.updateMany({ where: { user_id: user.id }, data: { proved_at: null } })
    const outcome = await signOn(claimsOf(user), await findSession(prisma(), ctx.session.id))
    expect(outcome).toEqual({
      signed_in: true,
      user_id: user.id,
      email: user.email,
      session_id: ctx.session.id,
    })
    expect(await findSession(prisma(), ctx.session.id)).toMatchObject({ proved: true })
    expect((await auditOf(user.id)).at(-1)).toMatchObject({ action: 'session.proved', actor_id: user.id })
  })

  test('another person is refused, and not even linked', async () => {
    const { ctx } = await openAccount()
    const other = await makeAccount()
    const outcome = await signOn(claimsOf(other), await findSession(prisma(), ctx.session.id))
    expect(outcome).toEqual({ signed_in: false, refusal: 'other_person' })
    expect((await auditOf(other.id)).at(-1)).toMatchObject({
      action: 'session.sign_in_failed',
      organization_id: null,
      after: { because: 'other_person' },
    })
    expect(await linksOf(other.id)).toBe(0)
  })

  test.each([
    ['the provider asked long ago', () => ({ auth_time: Math.floor(Date.now() / 1_000) - 3_600 })],
    ['the provider does not say when it asked', () => ({ auth_time: undefined })],
  ])('nothing is confirmed when %s', async (_, changed) => {
    const { user, ctx } = await openAccount()
    await prisma().session.updateMany({ where: { user_id: user.id }, data: { proved_at: null } })
    await signOn({ ...claimsOf(user), ...changed() }, await findSession(prisma(), ctx.session.id))
    expect(await findSession(prisma(), ctx.session.id)).toMatchObject({ proved: false })
  })
})
