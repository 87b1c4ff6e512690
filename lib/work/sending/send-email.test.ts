import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { env } from '@/lib/base/node/env'
import { prisma } from '@/lib/kernel/db/client'
import { callApi } from '@/lib/testing/call'
import { useOwnDatabase } from '@/lib/testing/database'
import { useEnvironment } from '@/lib/testing/environment'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'
import { carryOutJobs, letTimePass } from '@/lib/testing/jobs'
import { type MailServer, startCuttingMailServer, startMailServer } from '@/lib/testing/mail-server'

useOwnDatabase()

/** What the server says to whom; each test sets its own. */
let refusals: Record<string, { code: number; words: string }[]> = {}
let toMail: { code: number; words: string }[] = []

const server: MailServer = await startMailServer({
  toRecipient: (address) => refusals[address]?.shift() ?? null,
  toMail: () => toMail.shift() ?? null,
})
afterAll(() => server.stop())
useEnvironment(() => ({ SMTP_URL: server.url, MAIL_FROM: 'Latchkey <keys@example.com>' }))

beforeEach(async () => {
  refusals = {}
  toMail = []
  server.mails.length = 0
  Object.assign(env, { SMTP_URL: server.url })
  await prisma().job.deleteMany()
})

const scopes = ['emails:send', 'emails:read', 'contacts:write', 'exclusions:write', 'activities:read']

async function sender(environment: 'live' | 'test' = 'live') {
  const organization = await makeOrganization()
  const { key } = await makeKey(organization, { environment, scopes })
  const send = async (fields: object = {}) => {
    const body = {
      from: { email: 'news@acme.test', name: 'Acme "News", <x>' },
      to: [{ email: 'ada@example.com' }],
      subject: 'Grüße',
      text: 'Hello.',
      ...fields,
    }
    const response = await callApi('/email/send', { key, method: 'POST', body })
    return { status: response.status, body: await response.json() }
  }
  const get = async (id: string) => (await callApi(`/emails/${id}`, { key })).json()
  const activities = async (type: string) =>
    (await (await callApi(`/activities?type=${type}`, { key })).json()).data.map(
      ({ contact_id, data, actor }: { contact_id: string; data: object; actor: { kind: string } }) => ({
        contact_id,
        data,
        actor: actor.kind,
      }),
    )
  return { organization, key, send, get, activities }
}

const to = (...emails: string[]) => emails.map((email) => ({ email }))
const GREY = { code: 451, words: '4.7.1 Greylisted, come back later' }
const GONE = { code: 550, words: '5.1.1 No such mailbox' }

describe('a live email', () => {
  test('goes out once, to each recipient, and says so; hidden ones stand in no header', async () => {
    const { send, get, activities, key } = await sender()
    const contact = await (
      await callApi('/contacts', { key, method: 'POST', body: { email: 'bob@example.com' } })
    ).json()
    const sent = await send({
      to: to('ada@example.com', 'bob@example.com'),
      cc: [{ email: 'cy@example.com', name: 'Cy' }],
      bcc: to('di@example.com'),
      reply_to: to('answers@example.com'),
      html: '<p>Hello.</p>',
      headers: { 'List-Unsubscribe': '<https://example.com/u>' },
      attachments: [{ filename: 'hello.txt', content_type: 'text/plain', content: 'SGVsbG8=' }],
      tags: ['greetings'],
    })
    expect(sent).toMatchObject({ status: 202, body: { status: 'queued' } })
    expect(await get(sent.body.id)).toMatchObject({ status: 'queued', sent_at: null })
    await carryOutJobs()
    await letTimePass()
    await carryOutJobs()
    expect(server.mails.map((mail) => mail.to).sort()).toEqual([
      'ada@example.com',
      'bob@example.com',
      'cy@example.com',
      'di@example.com',
    ])
    const [{ text } = { text: '' }] = server.mails
    expect(text).toContain(`Message-ID: <${sent.body.id}@acme.test>`)
    expect(text).toContain('List-Unsubscribe: <https://example.com/u>')
    expect(text).toContain('Reply-To: answers@example.com')
    expect(text).toContain('SGVsbG8')
    expect(text).not.toContain('di@example.com')
    expect(await get(sent.body.id)).toMatchObject({
      status: 'sent',
      sent_at: expect.any(String),
      answer: expect.stringMatching(/^250 /),
      attachments: [{ filename: 'hello.txt', content_type: 'text/plain', size: 5 }],
    })
    expect(await prisma().emailAttachment.count({ where: { email_id: sent.body.id } })).toBe(0)
    expect(await activities('email.sent')).toEqual([
      { contact_id: contact.id, data: { subject: 'Grüße', status: 'sent' }, actor: 'key' },
    ])
  })

  test('that is put off by the server is sent later, to those who have not got it', async () => {
    const { send, get } = await sender()
    refusals = { 'bob@example.com': [GREY] }
    const { body } = await send({ to: to('ada@example.com', 'bob@example.com') })
    await carryOutJobs()
    expect(await get(body.id)).toMatchObject({ status: 'queued', answer: expect.stringContaining('Greylisted') })
    expect(await prisma().job.findMany()).toMatchObject([{ error: expect.stringContaining('451'), attempts: 1 }])
    await letTimePass()
    await carryOutJobs()
    expect(server.mails.map((mail) => mail.to)).toEqual(['ada@example.com', 'bob@example.com'])
    expect(await get(body.id)).toMatchObject({ status: 'sent', rejected: [] })
  })

  test.each(['recipient', 'mail'])(
    'that is rejected at the %s has failed, with the words of the server',
    async (at) => {
      const { send, get, activities } = await sender()
      if (at === 'recipient') refusals = { 'ada@example.com': [GONE] }
      else toMail = [GONE]
      const { body } = await send()
      await carryOutJobs()
      expect(await get(body.id)).toMatchObject({
        status: 'failed',
        rejected: ['ada@example.com'],
        answer: '550 5.1.1 No such mailbox',
      })
      expect(await prisma().job.count()).toBe(0)
      expect(await activities('email.failed')).toHaveLength(1)
    },
  )

  test('some of whose recipients are rejected is sent to the others', async () => {
    const { send, get } = await sender()
    refusals = { 'bob@example.com': [GONE] }
    const { body } = await send({ to: to('ada@example.com', 'bob@example.com') })
    await carryOutJobs()
    expect(server.mails.map((mail) => mail.to)).toEqual(['ada@example.com'])
    expect(await get(body.id)).toMatchObject({
      status: 'sent',
      rejected: ['bob@example.com'],
      answer: '550 5.1.1 No such mailbox',
    })
  })

  test('that a server with a refused sign-in does not take waits for whoever mends that', async () => {
    const { send, get } = await sender()
    const locked = await startMailServer({ toSignIn: () => ({ code: 535, words: '5.7.8 Bad credentials' }) })
    Object.assign(env, { SMTP_URL: locked.url.replace('//', '//latchkey:secret@') })
    const { body } = await send()
    await carryOutJobs()
    await locked.stop()
    expect(await get(body.id)).toMatchObject({ status: 'queued', answer: '535 5.7.8 Bad credentials', rejected: [] })
    Object.assign(env, { SMTP_URL: server.url })
    await letTimePass()
    await carryOutJobs()
    expect(await get(body.id)).toMatchObject({ status: 'sent' })
  })

  test.each([
    ['is away', async () => ({ url: 'smtp://127.0.0.1:1', stop: async () => {} })],
    ['closes the connection in the middle of the mail', startCuttingMailServer],
  ])('waits while the server %s, and goes out once when it is back', async (_, start) => {
    const { send, get } = await sender()
    const broken = await start()
    Object.assign(env, { SMTP_URL: broken.url })
    const { body } = await send()
    await carryOutJobs()
    await broken.stop()
    expect(await get(body.id)).toMatchObject({
      status: 'queued',
      answer: expect.stringMatching(/^The mail server could not be reached \(E\w+\)\.$/),
    })
    Object.assign(env, { SMTP_URL: server.url })
    await letTimePass()
    await carryOutJobs()
    expect(server.mails).toHaveLength(1)
    expect(await get(body.id)).toMatchObject({ status: 'sent' })
  })

  test('that the server puts off to the last attempt has failed with its words', async () => {
    const { send, get } = await sender()
    refusals = { 'ada@example.com': [GREY] }
    const { body } = await send()
    await prisma().job.updateMany({ data: { attempts: 15 } })
    await carryOutJobs()
    expect(await get(body.id)).toMatchObject({ status: 'failed', answer: expect.stringContaining('Greylisted') })
    expect(await prisma().job.count()).toBe(0)
  })

  test('whose attempt was cut off before it was noted goes out again, with the same Message-ID', async () => {
    const { send, get } = await sender()
    const { body } = await send()
    await prisma().email.update({ where: { id: body.id }, data: { sending_at: new Date() } })
    await carryOutJobs()
    expect(server.mails.map(({ text }) => text.includes(`<${body.id}@`))).toEqual([true])
    expect(await get(body.id)).toMatchObject({ status: 'sent' })
  })

  test('whose job comes again after it was noted does not go out again', async () => {
    const { send } = await sender()
    await send()
    const [job] = await prisma().job.findMany()
    await carryOutJobs()
    await prisma().job.create({ data: { kind: 'email.send', data: Object(job?.data) } })
    await carryOutJobs()
    expect(server.mails).toHaveLength(1)
  })

  test('does not reach whoever is excluded by the time it is sent', async () => {
    const { send, get, key } = await sender()
    const { body } = await send()
    await callApi('/exclusions', { key, method: 'POST', body: { kind: 'domain', value: 'example.com' } })
    await carryOutJobs()
    expect(server.mails).toEqual([])
    expect(await get(body.id)).toMatchObject({ status: 'failed', answer: 'Each recipient has been excluded since.' })
  })
})

describe('a request to send', () => {
  test('is refused where the server sends no mail, and nothing is queued', async () => {
    const { send, organization } = await sender()
    Object.assign(env, { SMTP_URL: undefined })
    expect(await send()).toMatchObject({ status: 503, body: { code: 'email_not_configured' } })
    expect(await prisma().email.count({ where: { organization_id: organization.id } })).toBe(0)
    expect(await prisma().job.count()).toBe(0)
  })

  test('from an address that is not allowed is refused', async () => {
    const { send } = await sender()
    const { status, body } = await send({ from: { email: 'ceo@example.com' } })
    expect([status, body.errors.map(({ path }: { path: string }) => path)]).toEqual([422, ['from.email']])
  })

  test('names each excluded recipient', async () => {
    const { send, key } = await sender()
    await callApi('/exclusions', { key, method: 'POST', body: { kind: 'domain', value: 'rival.example' } })
    const { status, body } = await send({ cc: to('eve@mail.rival.example'), bcc: to('b@rival.example') })
    expect(status).toBe(422)
    expect(body.errors.map(({ path }: { path: string }) => path)).toEqual(['cc.0.email', 'bcc.0.email'])
    expect(body.detail).toContain('eve@mail.rival.example')
  })

  const BREAKS = ['\r\nBcc: x@example.com', '\nX: 1', '\r', '\0', '\u2028x', '\u2029x', '\u0085x', '\v', '\f']
  const FIELDS: [string, (text: string) => object][] = [
    ['a subject', (text) => ({ subject: `Hi${text}there` })],
    ['the name of a sender', (text) => ({ from: { email: 'news@acme.test', name: `A${text}b` } })],
    ['the name of a recipient', (text) => ({ to: [{ email: 'ada@example.com', name: `A${text}b` }] })],
    ['an address', (text) => ({ to: to(`ada@example.com${text}x`) })],
    ['an address to reply to', (text) => ({ reply_to: to(`"a${text}"@example.com`) })],
    ['a header', (text) => ({ headers: { 'List-Id': `a${text}b` } })],
    ['the name of a header', (text) => ({ headers: { [`List-Id${text}`]: 'b' } })],
    [
      'the name of a file',
      (text) => ({ attachments: [{ filename: `a${text}b`, content_type: 'text/plain', content: '' }] }),
    ],
    [
      'a type of a file',
      (text) => ({ attachments: [{ filename: 'a', content_type: `text/plain${text}`, content: '' }] }),
    ],
    ['a tag', (text) => ({ tags: [`a${text}b`] })],
  ]
  test.each(FIELDS)('cannot put a line of its own into the mail by %s', async (_, fields) => {
    const { send } = await sender()
    for (const text of BREAKS) {
      expect((await send(fields(text))).status, JSON.stringify(text)).toBe(422)
    }
    expect(await prisma().job.count()).toBe(0)
  })

  test.each([
    ['a header that names recipients', { headers: { Bcc: 'x@example.com' } }],
    ['a header of a provider, which could', { headers: { 'X-SMTPAPI': '{"to":["x@example.com"]}' } }],
    ['an address of another alphabet, unless its domain is in ASCII', { to: to('ada@exämple.com') }],
    ['an address that is two', { to: to('ada@example.com, bob@example.com') }],
    ['neither html nor text', { text: undefined }],
    [
      '101 recipients',
      {
        to: to(...Array.from({ length: 60 }, (_, n) => `a${n}@example.com`)),
        bcc: to(...Array.from({ length: 41 }, (_, n) => `b${n}@example.com`)),
      },
    ],
    ['a file that is no base64', { attachments: [{ filename: 'a', content_type: 'text/plain', content: 'SGVsbG8' }] }],
    ['a file of several parts', { attachments: [{ filename: 'a', content_type: 'multipart/mixed', content: '' }] }],
    ['a file in a folder', { attachments: [{ filename: '../a', content_type: 'text/plain', content: '' }] }],
    [
      'more than 5 MB',
      { attachments: [{ filename: 'a', content_type: 'text/plain', content: 'A'.repeat(6_990_512) }] },
    ],
  ])('is refused with %s', async (_, fields) => {
    const { send } = await sender()
    expect((await send(fields)).status).toBe(422)
    expect(await prisma().job.count()).toBe(0)
  })

  test('takes 5 MB, and a domain in its ASCII form', async () => {
    const { send } = await sender()
    const content = 'A'.repeat(6_990_504)
    const { body } = await send({
      to: to('ada@xn--exmple-cua.com'),
      attachments: [{ filename: 'a.bin', content_type: 'application/octet-stream', content }],
    })
    await carryOutJobs()
    expect(server.mails.map((mail) => mail.to)).toEqual(['ada@exämple.com'])
    expect(server.mails[0]?.text.replaceAll(/\s/g, '')).toContain(content.slice(0, 1_000_000))
    expect(body.status).toBe('queued')
  })

  test('writes names that look like addresses as names', async () => {
    const { send } = await sender()
    await send({ to: [{ email: 'ada@example.com', name: 'x@evil.example>, <y@evil.example' }] })
    await carryOutJobs()
    expect(server.mails.map((mail) => mail.to)).toEqual(['ada@example.com'])
    expect(server.mails[0]?.text).toMatch(/^To: "x@evil\.example>, <y@evil\.example" <ada@example\.com>\r$/m)
  })

  test('with an Idempotency-Key sends once, however often it is sent', async () => {
    const { key } = await sender()
    const body = { from: { email: 'news@acme.test' }, to: to('ada@example.com'), subject: 'Once', text: 'x' }
    const headers = { 'Idempotency-Key': randomUUID() }
    const replies = [0, 1, 2].map(() => callApi('/email/send', { key, method: 'POST', body, headers }))
    const ids = await Promise.all((await Promise.all(replies)).map(async (reply) => (await reply.json()).id))
    expect(new Set(ids).size).toBe(1)
    await carryOutJobs()
    expect(server.mails).toHaveLength(1)
  })
})

describe('a test key', () => {
  test('gets the same checks and the same answers, and nothing is ever sent', async () => {
    const { send, get, activities } = await sender('test')
    expect((await send({ from: { email: 'ceo@example.com' } })).status).toBe(422)
    const { status, body } = await send({
      attachments: [{ filename: 'hello.txt', content_type: 'text/plain', content: 'SGVsbG8=' }],
    })
    expect([status, body.status]).toEqual([202, 'mock'])
    Object.assign(env, { SMTP_URL: undefined })
    expect((await send()).status).toBe(202)
    Object.assign(env, { SMTP_URL: server.url })
    await carryOutJobs()
    expect(server.mails).toEqual([])
    expect(await prisma().job.count()).toBe(0)
    expect(await get(body.id)).toMatchObject({ status: 'mock', sent_at: null, answer: null })
    expect(await activities('email.sent')).toHaveLength(2)
  })
})
