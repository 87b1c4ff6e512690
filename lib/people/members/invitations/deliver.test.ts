import { afterAll, expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { flushMails } from '@/lib/kernel/mail/send-behind'
import { callDashboard, outcomeOf, signInAs } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { useEnvironment } from '@/lib/testing/environment'
import { makeMember, makeOrganization } from '@/lib/testing/fixtures'
import { startMailServer } from '@/lib/testing/mail-server'

const server = await startMailServer()
afterAll(() => server.stop())
useEnvironment(() => ({ SMTP_URL: server.url, MAIL_FROM: 'Latchkey <keys@example.com>' }))
useTestDatabase()

test('with a mail server the link goes to its person and to nobody else, at a resending too', async () => {
  const organization = await makeOrganization()
  const cookie = await signInAs(await makeMember(organization))
  const path = `/orgs/${organization.slug}/invitations`
  const body = { email: 'new@mailed.test', role: 'member', developer: false }
  const invited = await callDashboard(cookie, path, { method: 'POST', body })
  expect(invited.status).toBe(201)
  const made = await invited.json()
  expect(made.link).toBeNull()
  const resent = await callDashboard(cookie, `${path}/${made.id}/resend`, { method: 'POST', body: {} })
  expect((await resent.json()).link).toBeNull()
  await flushMails()

  const mails = server.mails.filter(({ to }) => to === body.email)
  const tokens = mails.map(({ text }) => /http:\/\/localhost:3000\/invitations\/([\w-]{43})\s/.exec(text)?.[1])
  expect(new Set(tokens).size).toBe(2)
  const look = async (token: string | undefined) =>
    (await callDashboard(null, '/invitations/look', { method: 'POST', body: { token } })).json()
  const states = [await look(tokens[0]), await look(tokens[1])].map(({ state }) => state)
  expect(states[0]).not.toBe(states[1])
})

test('one invitation is resent at most four times an hour: its link stays what it was, and nothing is mailed', async () => {
  const organization = await makeOrganization()
  const cookie = await signInAs(await makeMember(organization))
  const path = `/orgs/${organization.slug}/invitations`
  const body = { email: 'often@mailed.test', role: 'member', developer: false }
  const made = await (await callDashboard(cookie, path, { method: 'POST', body })).json()
  const row = () => prisma().invitation.findUniqueOrThrow({ where: { id: made.id } })
  const outcomes: unknown[] = []
  let last = await row()
  for (let round = 0; round < 25; round++) {
    const reply = await callDashboard(cookie, `${path}/${made.id}/resend`, { method: 'POST', body: {} })
    if (reply.status === 429) expect(await row()).toEqual(last)
    else last = await row()
    outcomes.push(await outcomeOf(reply))
  }
  expect(outcomes).toEqual([...Array(4).fill(200), ...Array(21).fill('rate_limited')])
  await flushMails()
  expect(server.mails.filter(({ to }) => to === body.email)).toHaveLength(5)
})
