import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { NO_ORIGIN, type OperatorActor } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { flushMails } from '@/lib/kernel/mail/send-behind'
import { addMember } from '@/lib/people/members/add'
import { acceptInvitation } from '@/lib/people/members/invitations/accept'
import { deliverInvitation } from '@/lib/people/members/invitations/deliver'
import { invite } from '@/lib/people/members/invitations/invite'
import { resendInvitation } from '@/lib/people/members/invitations/resend'
import { platformContext } from '@/lib/people/organizations/platform-context'
import { issueResetLink } from '@/lib/people/password-resets/issue-link'
import { redeemReset } from '@/lib/people/password-resets/redeem'
import { requestReset } from '@/lib/people/password-resets/request'
import { createPlatformOrganization } from '@/lib/people/platform/create-organization'
import { grantPlatformAdmin } from '@/lib/people/platform/grant-admin'
import { inviteFirstAdmin } from '@/lib/people/platform/invite-first-admin'
import { signInByIdentity } from '@/lib/people/sign-in/sign-in-by-identity'
import { makeAccount, PASSWORD, somewhere } from '@/lib/testing/accounts'
import { useTestDatabase } from '@/lib/testing/database'
import { useEnvironment } from '@/lib/testing/environment'
import { auditOf, makeMember, makeOrganization } from '@/lib/testing/fixtures'
import { startMailServer } from '@/lib/testing/mail-server'

const server = await startMailServer()
afterAll(() => server.stop())
useTestDatabase()

const newEmail = () => `${randomUUID()}@proof.test`
const context = () => ({ db: prisma(), origin: NO_ORIGIN })
const person = { name: 'Kate', password: PASSWORD }
const inviteInput = (email: string) => ({ email, role: 'member' as const, developer: false })

const isProven = async (email: string) =>
  (await prisma().user.findUniqueOrThrow({ where: { email } })).email_proved_at !== null

const inviting = async () => (await makeMember(await makeOrganization())).ctx

/** An account under an address, made by whoever was handed the link of an invitation. */
async function squat(email = newEmail()) {
  const { token } = await invite(await inviting(), inviteInput(email))
  await acceptInvitation(context(), null, { token, person })
  return prisma().user.findUniqueOrThrow({ where: { email }, select: { id: true, email: true } })
}

const tokenIn = (text: string | undefined, path: string) => text?.split(`${path}`)[1]?.slice(0, 43) ?? ''

async function mailTo(email: string) {
  await flushMails()
  return server.mails.findLast(({ to }) => to === email)?.text
}

describe('without a mail server', () => {
  test('the link of an invitation proves nothing, and neither does one for a new password that an operator hands out', async () => {
    const { email } = await squat()
    expect(await isProven(email)).toBe(false)
    const { link } = await issueResetLink(platformContext(), { email })
    await redeemReset(context(), { token: new URL(link).hash.slice(1), password: PASSWORD })
    expect(await isProven(email)).toBe(false)
  })

  test.each<[string, (email: string, accept?: { accept_unproven_email: true }) => Promise<unknown>]>([
    ['the platform', (email, accept) => grantPlatformAdmin(platformContext(), { email, ...accept })],
    ['an invitation', async (email, accept) => invite(await inviting(), { ...inviteInput(email), ...accept })],
    [
      'a membership by an operator',
      async (email, accept) => {
        const { organization } = await inviting()
        const actor: OperatorActor = { kind: 'operator', name: 'tests' }
        return addMember({ ...context(), actor, organization }, { email, role: 'admin', ...accept })
      },
    ],
    [
      'a new organisation',
      (admin_email, accept) => {
        const input = { slug: `o-${randomUUID()}`, name: 'O', plan: 'free' as const, developer_api: false }
        return createPlatformOrganization(platformContext(), { ...input, admin_email, ...accept })
      },
    ],
    [
      'an organisation without an Admin',
      async (email, accept) => {
        const { slug } = await makeOrganization()
        return inviteFirstAdmin(platformContext(), { slug, email, ...accept })
      },
    ],
  ])('an account whose email nothing proves gets %s only from who takes the risk', async (_, give) => {
    const { email } = await squat()
    await expect(give(email)).rejects.toMatchObject({
      code: 'email_unproven',
      detail: expect.stringContaining(`Nothing proves that ${email} is the address of whoever has this account`),
    })
    await expect(give(email, { accept_unproven_email: true })).resolves.toMatchObject({})
    const proven = await squat()
    await prisma().user.update({ where: { id: proven.id }, data: { email_proved_at: new Date() } })
    await expect(give(proven.email)).resolves.toMatchObject({})
  })

  test('the audit keeps that the platform was granted to an email that nothing proves', async () => {
    const { id, email } = await squat()
    await grantPlatformAdmin(platformContext(), { email, accept_unproven_email: true })
    expect((await auditOf(id)).at(-1)).toMatchObject({
      action: 'platform_admin.granted',
      after: { email_proven: false },
    })
  })

  test('an account made after the invitation joins only when whoever invites has been asked about it', async () => {
    const ctx = await inviting()
    const { id, email, token } = await invite(ctx, inviteInput(newEmail()))
    const user = await squat(email)
    await expect(acceptInvitation(context(), user, { token })).rejects.toMatchObject({
      code: 'wrong_state',
      detail: expect.stringContaining('Ask whoever invited you for a new link'),
    })
    await expect(resendInvitation(ctx, { id })).rejects.toMatchObject({ code: 'email_unproven' })
    const again = await resendInvitation(ctx, { id, accept_unproven_email: true })
    await expect(acceptInvitation(context(), user, { token: again.token })).resolves.toMatchObject({})
    expect(await isProven(email)).toBe(false)
  })
})

describe('with a mail server', () => {
  useEnvironment(() => ({ SMTP_URL: server.url, MAIL_FROM: 'Latchkey <keys@example.com>' }))

  test('whoever takes up a mailed invitation has proved the address: somebody new, and an account that nothing proved', async () => {
    const withoutProof = await makeAccount()
    for (const [email, user, given] of [
      [newEmail(), null, { person }],
      [withoutProof.email, withoutProof, {}],
    ] as const) {
      expect(deliverInvitation(await invite(await inviting(), inviteInput(email)), 'Acme').link).toBeNull()
      const token = tokenIn(await mailTo(email), '/invitations/')
      await acceptInvitation(context(), user, { token, ...given })
      expect(await isProven(email), email).toBe(true)
    }
  })

  test('a mailed link for a new password proves the address', async () => {
    const { email } = await makeAccount()
    await requestReset({ db: prisma(), origin: somewhere() }, { email })
    const token = tokenIn(await mailTo(email), '/reset-password#')
    expect(await isProven(email)).toBe(false)
    await redeemReset(context(), { token, password: PASSWORD })
    expect(await isProven(email)).toBe(true)
    await expect(grantPlatformAdmin(platformContext(), { email })).resolves.toMatchObject({ email })
  })
})

test('a provider that has verified the address proves it', async () => {
  const { email } = await makeAccount()
  const claims = { iss: 'https://login.example.com', sub: randomUUID(), email, email_verified: true }
  await signInByIdentity({ ...context(), current: null }, claims)
  expect(await isProven(email)).toBe(true)
})
