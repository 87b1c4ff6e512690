import { afterAll, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { flushMails } from '@/lib/kernel/mail/send-behind'
import { makeAccount, somewhere } from '@/lib/testing/accounts'
import { callDashboard, outcomeOf } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { useEnvironment } from '@/lib/testing/environment'
import { auditOf } from '@/lib/testing/fixtures'
import { startMailServer } from '@/lib/testing/mail-server'
import { wholeReply } from '@/lib/testing/operations'

const server = await startMailServer({ refuses: ['full@acme.test'] })
afterAll(() => server.stop())
useEnvironment(() => ({ SMTP_URL: server.url, MAIL_FROM: 'Latchkey <keys@example.com>' }))
useTestDatabase()

const ask = (email: string, address = somewhere().address) =>
  callDashboard(null, '/password-resets', {
    method: 'POST',
    body: { email },
    headers: { 'X-Request-Id': 'same' },
    peer: { address },
  })

async function mailsTo(address: string) {
  await flushMails()
  return server.mails.filter(({ to }) => to === address)
}

describe('asking for a new password', () => {
  test('mails a link that sets it, and tells the platform’s log', async () => {
    const user = await makeAccount()
    expect((await ask(` ${user.email.toUpperCase()}`)).status).toBe(202)
    const [mail] = await mailsTo(user.email)
    expect(mail?.text).toContain('From: Latchkey <keys@example.com>')
    const token = /http:\/\/localhost:3000\/reset-password#(\S{43})\s/.exec(mail?.text ?? '')?.[1]
    const body = { token, password: 'staple battery horse' }
    const [mailed] = await auditOf(user.id)
    expect(mailed).toMatchObject({
      action: 'user.password_reset_mailed',
      organization_id: null,
      actor_kind: 'stranger',
      request_id: 'same',
      address: expect.stringContaining('2001:db8:'),
    })
    expect(JSON.stringify(mailed)).not.toContain(token)
    expect(await outcomeOf(await callDashboard(null, '/password-resets/redeem', { method: 'POST', body }))).toBe(204)
  })

  test('answers for an unknown address as for a known one, and mails nobody', async () => {
    const user = await makeAccount()
    const before = server.mails.length
    const [known, unknown] = [await wholeReply(await ask(user.email)), await wholeReply(await ask('nobody@acme.test'))]
    expect(unknown).toEqual(known)
    expect(await mailsTo(user.email)).toHaveLength(1)
    expect(server.mails.length).toBe(before + 1)
  })

  test('answers before it has looked whether there is somebody, so its time tells nothing', async () => {
    const user = await makeAccount()
    const before = server.mails.length
    // Whoever is being looked up cannot be read until the transaction ends.
    await prisma().$transaction(async (db) => {
      await db.$executeRaw`LOCK TABLE users IN ACCESS EXCLUSIVE MODE`
      for (const email of [user.email, 'nobody-else@acme.test']) expect((await ask(email)).status).toBe(202)
      expect(server.mails.length).toBe(before)
    })
    expect(await mailsTo(user.email)).toHaveLength(1)
  })

  test('is limited for an address of either kind alike, so that nobody’s mailbox is filled', async () => {
    const user = await makeAccount()
    for (const email of [user.email, 'unknown@acme.test']) {
      const outcomes: unknown[] = []
      for (let round = 0; round < 5; round++) outcomes.push(await outcomeOf(await ask(email)))
      expect(outcomes, email).toEqual([202, 202, 202, 'rate_limited', 'rate_limited'])
    }
    expect(await mailsTo(user.email)).toHaveLength(3)
  })

  test('is limited for whoever asks, whomever for', async () => {
    const { address } = somewhere()
    const outcomes: unknown[] = []
    for (let round = 0; round < 12; round++)
      outcomes.push(await outcomeOf(await ask(`nobody-${round}@acme.test`, address)))
    expect(outcomes.filter((result) => result === 'rate_limited')).toHaveLength(2)
  })

  test('answers the same when the mail is not taken', async () => {
    await prisma().user.create({ data: { email: 'full@acme.test', name: 'Full' } })
    expect((await ask('full@acme.test')).status).toBe(202)
    expect(await mailsTo('full@acme.test')).toEqual([])
  })
})
