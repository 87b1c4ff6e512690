import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { env } from '@/lib/base/node/env'
import { unsubscribing } from '@/lib/http/unsubscribe/app'
import type { ActingOrganization } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { campaignsContract } from '@/lib/resources/campaigns/contract'
import { contactListsContract } from '@/lib/resources/contact-lists/contract'
import { templatesContract } from '@/lib/resources/templates/contract'
import { ask, refusal, send } from '@/lib/testing/ask'
import { callApi } from '@/lib/testing/call'
import { useOwnDatabase } from '@/lib/testing/database'
import { useEnvironment } from '@/lib/testing/environment'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'
import { carryOutJobs, carryOutRound, letTimePass } from '@/lib/testing/jobs'
import { startMailServer } from '@/lib/testing/mail-server'
import { gatherRecipients } from '@/lib/work/campaigns/gather'
import { sendBatch } from '@/lib/work/campaigns/send-batch'

useOwnDatabase()

/** What the server says to a recipient at the next mail. */
let refusals: Record<string, { code: number; words: string }> = {}
const server = await startMailServer({ toRecipient: (address) => refusals[address] ?? null })
afterAll(() => server.stop())
useEnvironment(() => ({ SMTP_URL: server.url, MAIL_FROM: 'Latchkey <keys@example.com>' }))

const operations = campaignsContract.operations
const ROUND = 'campaigns.carry_out'
const TEMPLATE = {
  name: 'News',
  subject: 'News for {{ first_name }}',
  html: '<p>Hello {{ first_name }} of {{ place }}</p><a href="{{ unsubscribe_url }}">Unsubscribe</a>',
  text: 'Hello {{ first_name }} of {{ place }}: {{ unsubscribe_url }}',
  variables: [
    { name: 'first_name', example: 'Ada', default: 'you' },
    { name: 'place', example: 'Rome', default: 'here' },
  ],
}

let organization: ActingOrganization
beforeEach(async () => {
  refusals = {}
  server.mails.length = 0
  Object.assign(env, { SMTP_URL: server.url })
  await prisma().job.deleteMany()
  organization = await makeOrganization()
})

/** A key with what it takes to run campaigns, and a campaign to these addresses. */
async function setUp(emails: string[], { environment = 'live' as 'live' | 'test', fields = {}, template = {} } = {}) {
  const tenant = { organization_id: organization.id, environment }
  const { key } = await makeKey(organization, { environment, scopes: ['admin'] })
  const { id: template_id } = await ask(templatesContract.operations.create, {
    key,
    body: { ...TEMPLATE, ...template },
  })
  const list = await ask(contactListsContract.operations.create, { key, body: { name: 'Readers' } })
  const contacts = await prisma().contact.createManyAndReturn({
    data: emails.map((email) => ({ ...tenant, email, first_name: email.split('@')[0] ?? null })),
  })
  await prisma().contactListMember.createMany({
    data: contacts.map(({ id }) => ({ ...tenant, list_id: list.id, contact_id: id })),
  })
  const body = { name: 'November', template_id, contact_list_id: list.id, ...fields }
  const { id } = await ask(operations.create, { key, body })
  const params = { id }
  const act = (step: 'schedule' | 'unschedule' | 'start' | 'pause' | 'resume' | 'cancel') =>
    ask(operations[step], { key, params })
  const show = () => ask(operations.get, { key, params })
  const recipients = async () =>
    Object.fromEntries(
      (await ask(operations.listRecipients, { key, params })).data.map(({ email, status }) => [email, status]),
    )
  const types = async () =>
    (await prisma().activity.findMany({ where: { subject_id: id }, orderBy: [{ at: 'asc' }, { id: 'asc' }] })).map(
      ({ type }) => type,
    )
  return { key, id, params, template_id, list, contacts, tenant, act, show, recipients, types }
}

/** As time passes: mails are made, sent, and noted. */
async function letItRun() {
  await carryOutRound(ROUND)
  await letTimePass()
  await carryOutJobs()
  await carryOutRound(ROUND)
}

const many = (count: number) => Array.from({ length: count }, (_, n) => `reader${n}@example.com`)
const addressees = () => server.mails.map(({ to }) => to).sort()
const linkIn = (text: string) => /http:\/\/\S+\/u\/[\w-]+/.exec(text)?.[0] ?? ''
const visit = (url: string, init: RequestInit = {}) =>
  Promise.resolve(unsubscribing.fetch(new Request(url, init), { peer: { address: '127.0.0.1', https: false } }))

describe('a campaign', () => {
  test('goes to each contact once, in their own words, and tells its figures', async () => {
    const { act, show, recipients, types, key, id } = await setUp(['ada@example.com', 'bob@example.com'], {
      fields: { variables: { place: 'London' }, from_name: 'Acme News', reply_to: 'hello@acme.test' },
    })
    expect(await act('start')).toMatchObject({ status: 'sending', template_version: 1, finished_at: null })
    await letItRun()
    await letItRun()
    expect(addressees()).toEqual(['ada@example.com', 'bob@example.com'])
    const { text } = server.mails.find(({ to }) => to === 'ada@example.com') ?? { text: '' }
    expect(text).toContain('From: Acme News <news@acme.test>')
    expect(text).toContain('Reply-To: hello@acme.test')
    expect(text).toContain('Subject: News for ada')
    expect(text).toContain('<p>Hello ada of London</p>')
    expect(new Set(text.match(/http:\/\/\S+\/u\/[\w-]+/g)).size).toBe(1)
    expect(text.replaceAll('\r\n ', ' ')).toContain(`List-Unsubscribe: <${linkIn(text)}>`)
    expect(text).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
    const figures = { recipients: 2, sent: 2, failed: 0, excluded: 0, unsubscribed: 0, unsubscribes: 0 }
    expect(await show()).toMatchObject({ status: 'finished', figures })
    expect(await recipients()).toEqual({ 'ada@example.com': 'sent', 'bob@example.com': 'sent' })
    expect(await types()).toEqual(['campaign.created', 'campaign.started', 'campaign.finished'])
    const emails = await (await callApi(`/emails?campaign_id=${id}`, { key })).json()
    expect(emails.data).toHaveLength(2)
  })

  test('with a test key goes through all of it, and nothing is sent', async () => {
    const { act, show, recipients } = await setUp(['ada@example.com'], { environment: 'test' })
    Object.assign(env, { SMTP_URL: undefined })
    await act('start')
    await letItRun()
    expect(server.mails).toEqual([])
    expect(await prisma().job.count({ where: { kind: 'email.send' } })).toBe(0)
    expect(await show()).toMatchObject({ status: 'finished', figures: { recipients: 1, sent: 1 } })
    expect(await recipients()).toEqual({ 'ada@example.com': 'sent' })
    expect(await prisma().email.findFirst({ where: { organization_id: organization.id } })).toMatchObject({
      status: 'mock',
    })
  })

  test('sends the version that it began with, whatever becomes of the template', async () => {
    const { act, key, template_id } = await setUp(['ada@example.com'])
    await act('start')
    const body = { subject: 'Other', text: '{{ unsubscribe_url }}', html: '{{ unsubscribe_url }}' }
    await ask(templatesContract.operations.update, { key, params: { id: template_id }, body })
    await letItRun()
    expect(server.mails[0]?.text).toContain('Subject: News for ada')
    const problem = await refusal(templatesContract.operations.delete, { key, params: { id: template_id } })
    expect(problem.code).toBe('in_use')
  })

  test('started twice at once runs once', async () => {
    const { key, params } = await setUp(many(150))
    const replies = await Promise.all([0, 1, 2].map(() => send(operations.start, { key, params })))
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    await Promise.all([carryOutRound(ROUND), carryOutRound(ROUND)])
    await letItRun()
    expect(addressees()).toEqual(many(150).sort())
  })

  test('that cannot go on keeps those of nobody else waiting', async () => {
    const broken = await setUp(['ada@example.com'])
    await broken.act('start')
    organization = await makeOrganization()
    const { act, show } = await setUp(['bob@example.com'], { environment: 'test' })
    await act('start')
    const { template_id } = broken
    await prisma().templateVersion.updateMany({ where: { template_id }, data: { variables: 'none' } })
    await expect(carryOutRound(ROUND)).rejects.toThrow(`Campaigns that failed: ${broken.id}.`)
    expect(await show()).toMatchObject({ status: 'finished', figures: { sent: 1 } })
    expect(await broken.act('cancel')).toMatchObject({ figures: { sent: 0 } })
  })

  test.each([
    ['is long', `{{ unsubscribe_url }}${'x'.repeat(99_000)}`],
    ['takes long to write', '{{ unsubscribe_url }}{% for n in (1..60000) %}{% endfor %}'],
  ])('whose mail %s is written in pieces, between which others have their turn', async (_, text) => {
    const { act, id } = await setUp(many(90), { environment: 'test', template: { html: null, text } })
    await act('start')
    await gatherRecipients(id)
    const written = await sendBatch(prisma(), id)
    expect(written).toBeGreaterThan(0)
    expect(written).toBeLessThan(90)
    expect(await prisma().campaignRecipient.count({ where: { campaign_id: id, status: 'sent' } })).toBe(written)
  })

  test('to an empty list is done at once, with nobody', async () => {
    const { act, show } = await setUp([])
    await act('start')
    await letItRun()
    expect(await show()).toMatchObject({ status: 'finished', figures: { recipients: 0, sent: 0 } })
  })

  test('of which a mail is refused counts it as failed, with the words of the server', async () => {
    const { act, show, key, params } = await setUp(['ada@example.com', 'gone@example.com'])
    refusals = { 'gone@example.com': { code: 550, words: '5.1.1 No such mailbox' } }
    await act('start')
    await letItRun()
    expect(await show()).toMatchObject({ status: 'finished', figures: { recipients: 2, sent: 1, failed: 1 } })
    const { data } = await ask(operations.listRecipients, { key, params, query: { status: 'failed' } })
    expect(data).toMatchObject([{ email: 'gone@example.com', reason: '550 5.1.1 No such mailbox' }])
  })

  test('is not finished before its last mail has ended', async () => {
    const { act, show } = await setUp(['ada@example.com'])
    refusals = { 'ada@example.com': { code: 451, words: '4.7.1 Later' } }
    await act('start')
    await letItRun()
    expect(await show()).toMatchObject({ status: 'sending', figures: { sent: 0, failed: 0 } })
    refusals = {}
    await letItRun()
    expect(await show()).toMatchObject({ status: 'finished', figures: { sent: 1 } })
  })

  test('leaves out a contact for whom a variable has no value, and says which', async () => {
    const variables = [
      { name: 'first_name', example: 'Ada' },
      { name: 'place', example: 'Rome' },
    ]
    const { act, key, params, contacts } = await setUp(['ada@example.com', 'bob@example.com'], {
      template: { variables },
    })
    await prisma().contact.update({ where: { id: contacts[0]?.id ?? '' }, data: { custom_fields: { place: 'Rome' } } })
    await act('start')
    await letItRun()
    expect(addressees()).toEqual(['ada@example.com'])
    const { data } = await ask(operations.listRecipients, { key, params, query: { status: 'failed' } })
    expect(data).toMatchObject([{ email: 'bob@example.com', reason: expect.stringContaining('place'), email_id: null }])
  })
})

describe('who gets no mail', () => {
  test('is excluded, has unsubscribed, is deleted or came later, as it is at sending', async () => {
    const names = ['ada', 'excluded', 'unsubscribed', 'deleted', 'moved']
    const { act, show, key, recipients, contacts, list, tenant } = await setUp(
      names.map((name) => `${name}@example.com`),
    )
    await act('start')
    await carryOutRound(ROUND)
    // By now each mail waits to be sent.
    expect(await prisma().email.count({ where: { ...tenant, status: 'queued' } })).toBe(5)
    const idOf = (name: string) => contacts.find(({ email }) => email.startsWith(name))?.id ?? ''
    await callApi('/exclusions', { key, method: 'POST', body: { kind: 'email', value: 'excluded@example.com' } })
    await ask(operations.createUnsubscribe, { key, body: { email: 'unsubscribed@example.com' } })
    await callApi(`/contacts/${idOf('deleted')}`, { key, method: 'DELETE' })
    await callApi(`/contacts/${idOf('moved')}`, { key, method: 'PATCH', body: { email: 'new@example.com' } })
    const later = await prisma().contact.create({ data: { ...tenant, email: 'later@example.com' } })
    await prisma().contactListMember.create({ data: { ...tenant, list_id: list.id, contact_id: later.id } })
    await letItRun()
    expect(addressees()).toEqual(['ada@example.com'])
    expect(await recipients()).toEqual({
      'ada@example.com': 'sent',
      'excluded@example.com': 'excluded',
      'unsubscribed@example.com': 'unsubscribed',
      'new@example.com': 'excluded',
    })
    expect(await show()).toMatchObject({ status: 'finished', figures: { recipients: 5, sent: 1, unsubscribed: 1 } })
  })

  test('is asked before the mail is made, too', async () => {
    const { act, key, recipients, tenant } = await setUp(['ada@example.com', 'b@rival.example', 'c@example.com'])
    await callApi('/exclusions', { key, method: 'POST', body: { kind: 'domain', value: 'rival.example' } })
    await ask(operations.createUnsubscribe, { key, body: { email: 'C@example.com' } })
    await act('start')
    await letItRun()
    expect(addressees()).toEqual(['ada@example.com'])
    expect(await recipients()).toEqual({
      'ada@example.com': 'sent',
      'b@rival.example': 'excluded',
      'c@example.com': 'unsubscribed',
    })
    expect(await prisma().email.count({ where: tenant })).toBe(1)
  })

  test('still gets single emails after unsubscribing', async () => {
    const { key } = await setUp([])
    await ask(operations.createUnsubscribe, { key, body: { email: 'ada@example.com' } })
    const body = {
      from: { email: 'news@acme.test' },
      to: [{ email: 'ada@example.com' }],
      subject: 'Invoice',
      text: 'x',
    }
    await callApi('/email/send', { key, method: 'POST', body })
    await carryOutJobs()
    expect(addressees()).toEqual(['ada@example.com'])
  })
})

describe('paused while it sends', () => {
  test('it takes back what is not begun, and goes on to the others when it is resumed', async () => {
    const { act, show, tenant } = await setUp(many(250))
    await act('start')
    await carryOutRound(ROUND)
    const [begun] = await prisma().email.findMany({ where: { ...tenant, status: 'queued' }, take: 1 })
    await prisma().email.update({ where: { id: begun?.id ?? '' }, data: { sending_at: new Date() } })
    expect((await act('pause')).status).toBe('paused')
    await letTimePass()
    await carryOutJobs()
    await carryOutRound(ROUND)
    expect(server.mails).toHaveLength(1)
    expect(await show()).toMatchObject({ status: 'paused', figures: { recipients: 250, sent: 1 } })
    await act('resume')
    await letItRun()
    expect(addressees()).toEqual(many(250).sort())
    expect(await show()).toMatchObject({ status: 'finished', figures: { sent: 250 } })
  })

  test('before its recipients are gathered it gathers them when it is resumed', async () => {
    const { act, show } = await setUp(many(3))
    await act('start')
    await act('pause')
    await letItRun()
    expect(server.mails).toEqual([])
    await act('resume')
    await letItRun()
    expect(await show()).toMatchObject({ status: 'finished', figures: { sent: 3 } })
  })

  test('cancelled it sends no more, for good, and its list may go', async () => {
    const { act, show, key, params, list } = await setUp(many(5))
    await act('start')
    await carryOutRound(ROUND)
    await act('cancel')
    await letItRun()
    expect(server.mails).toEqual([])
    expect(await show()).toMatchObject({ status: 'cancelled', figures: { recipients: 5, sent: 0 } })
    for (const step of ['start', 'resume', 'pause', 'cancel'] as const) {
      expect((await refusal(operations[step], { key, params })).code).toBe('wrong_state')
    }
    expect((await refusal(operations.delete, { key, params })).code).toBe('wrong_state')
    expect((await send(contactListsContract.operations.delete, { key, params: { id: list.id } })).status).toBe(204)
  })

  test('a list that is deleted takes no recipient away', async () => {
    const { act, key, list, show } = await setUp(many(3))
    await act('start')
    await carryOutRound(ROUND)
    await send(contactListsContract.operations.delete, { key, params: { id: list.id } })
    await letItRun()
    expect(await show()).toMatchObject({ status: 'finished', contact_list_id: null, figures: { sent: 3 } })
  })
})

describe('a scheduled campaign', () => {
  const soon = () => new Date(Date.now() + 3_600_000).toISOString()
  const bringDue = (id: string) => prisma().campaign.update({ where: { id }, data: { send_at: new Date(1_000) } })

  test('starts when its time has come, by itself, with the template as it was', async () => {
    const { act, show, id, key, template_id, types } = await setUp(['ada@example.com'], { fields: { send_at: soon() } })
    expect(await act('schedule')).toMatchObject({ status: 'scheduled', template_version: 1 })
    await letItRun()
    expect(await show()).toMatchObject({ status: 'scheduled' })
    const body = { subject: 'Changed' }
    await ask(templatesContract.operations.update, { key, params: { id: template_id }, body })
    await bringDue(id)
    await letItRun()
    expect(await show()).toMatchObject({ status: 'finished', figures: { sent: 1 } })
    expect(server.mails[0]?.text).toContain('Subject: News for ada')
    expect(await types()).toEqual(['campaign.created', 'campaign.scheduled', 'campaign.started', 'campaign.finished'])
  })

  test('is a draft again when it is unscheduled, and then takes the template as it is', async () => {
    const { act, key, params } = await setUp([], { fields: { send_at: soon() } })
    await act('schedule')
    expect((await refusal(operations.update, { key, params, body: { name: 'x' } })).code).toBe('wrong_state')
    expect(await act('unschedule')).toMatchObject({ status: 'draft', template_version: null })
    expect((await ask(operations.update, { key, params, body: { name: 'x' } })).name).toBe('x')
  })

  test.each([[null], ['2001-01-01T00:00:00Z']])('needs a time that is to come: %s is none', async (send_at) => {
    const { key, params } = await setUp([], { fields: { send_at } })
    expect(await refusal(operations.schedule, { key, params })).toMatchObject({
      code: 'wrong_state',
      detail: expect.stringContaining('send_at'),
    })
  })

  test('whose list is deleted before is cancelled', async () => {
    const { act, show, id, key, list, types } = await setUp(['ada@example.com'], { fields: { send_at: soon() } })
    await act('schedule')
    await send(contactListsContract.operations.delete, { key, params: { id: list.id } })
    await bringDue(id)
    await letItRun()
    expect(await show()).toMatchObject({ status: 'cancelled' })
    expect((await types()).at(-1)).toBe('campaign.cancelled')
    expect(server.mails).toEqual([])
  })
})

describe('a campaign does not begin', () => {
  test.each([
    ['without a list', { fields: { contact_list_id: null } }, 'contact list'],
    ['from an address that is not allowed', { fields: { from_email: 'ceo@example.com' } }, 'ceo@example.com'],
    ['with a value for no variable', { fields: { variables: { plaec: 'x' } } }, 'plaec'],
    ['where its HTML has no link to unsubscribe', { template: { html: '<p>x</p>' } }, 'The html of the template'],
    ['where its text has no link to unsubscribe', { template: { text: 'x' } }, 'The text of the template'],
  ])('%s, and stays a draft', async (_, given, words) => {
    const { key, params, show } = await setUp([], given)
    const problem = await refusal(operations.start, { key, params })
    expect(problem).toMatchObject({ code: 'wrong_state', detail: expect.stringContaining(words) })
    expect(await show()).toMatchObject({ status: 'draft', template_version: null, started_at: null })
  })

  test('where the server sends no mail', async () => {
    const { key, params } = await setUp([])
    Object.assign(env, { SMTP_URL: undefined })
    expect(await refusal(operations.start, { key, params })).toMatchObject({ code: 'email_not_configured' })
  })

  test('with a list or a template of another organisation', async () => {
    const ours = await setUp([])
    organization = await makeOrganization()
    const theirs = await setUp([])
    const body = { name: 'x', template_id: theirs.template_id, contact_list_id: theirs.list.id }
    const problem = await refusal(operations.create, { key: ours.key, body })
    expect(problem.errors?.map(({ path }) => path).sort()).toEqual(['contact_list_id', 'template_id'])
  })
})

describe('a test of a campaign', () => {
  test('goes to one address, with examples, and belongs to no figures; its link unsubscribes nobody', async () => {
    const { key, params, show } = await setUp(['ada@example.com'])
    await ask(operations.test, { key, params, body: { to: 'editor@acme.test' } })
    await carryOutJobs()
    expect(addressees()).toEqual(['editor@acme.test'])
    const { text } = server.mails[0] ?? { text: '' }
    expect(text).toContain('Subject: [Test] News for Ada')
    expect(text).toContain('Hello Ada of Rome')
    expect((await visit(linkIn(text), { method: 'POST' })).status).toBe(404)
    expect(await show()).toMatchObject({ status: 'draft', figures: { recipients: 0, sent: 0 } })
  })
})

describe('the link to unsubscribe', () => {
  async function sent(emails = ['ada@example.com']) {
    const made = await setUp(emails)
    await made.act('start')
    await letItRun()
    return { ...made, link: linkIn(server.mails[0]?.text ?? '') }
  }
  const unsubscribes = async (key: string) => (await ask(operations.listUnsubscribes, { key })).data

  test('opened by whoever looks through mails changes nothing, however often', async () => {
    const { key, link } = await sent()
    for (const method of ['GET', 'HEAD', 'GET', 'PUT', 'DELETE', 'OPTIONS']) await visit(link, { method })
    expect(await unsubscribes(key)).toEqual([])
    const page = await visit(link)
    expect(page.status).toBe(200)
    const text = await page.text()
    expect(text).toContain('<form method="post">')
    expect(text).toContain('a•••@example.com')
    expect(text).not.toContain('ada@example.com')
    expect(text).not.toContain('<script')
    expect(page.headers.get('Referrer-Policy')).toBe('no-referrer')
    expect(page.headers.get('Cache-Control')).toBe('no-store')
  })

  test.each([
    ['one_click', 'List-Unsubscribe=One-Click'],
    ['page', 'by=page'],
  ])('asked by %s unsubscribes, once, and tells it to webhooks and the history', async (source, body) => {
    const { key, link, id, contacts, show } = await sent()
    for (let time = 0; time < 2; time += 1) {
      const reply = await visit(link, {
        method: 'POST',
        body,
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      })
      expect([reply.status, reply.redirected]).toEqual([200, false])
      expect(await reply.text()).toContain('You are unsubscribed')
    }
    expect(await unsubscribes(key)).toMatchObject([{ email: 'ada@example.com', campaign_id: id, source }])
    const told = await prisma().activity.findMany({
      where: { type: 'contact.unsubscribed', organization_id: organization.id },
    })
    expect(told).toMatchObject([
      { contact_id: contacts[0]?.id, actor_kind: 'contact', data: { source, campaign_id: id } },
    ])
    expect((await show()).figures.unsubscribes).toBe(1)
    expect(await (await visit(link)).text()).toContain('You are unsubscribed')
  })

  test('forged, changed or of a mail that is none of a campaign opens nothing', async () => {
    const { key, link } = await sent()
    const at = link.lastIndexOf('/') + 1
    const token = link.slice(at)
    const bytes = Buffer.from(token, 'base64url')
    const flipped = Array.from({ length: bytes.length }, (_, n) => {
      const copy = Buffer.from(bytes)
      copy.writeUInt8(copy.readUInt8(n) ^ 1, n)
      return copy.toString('base64url')
    })
    for (const other of [...flipped, `${token}=`, `${token}AA`, token.slice(1), 'example', '%00', 'x'.repeat(5_000)]) {
      expect((await visit(link.slice(0, at) + other, { method: 'POST' })).status).toBe(404)
    }
    expect(await unsubscribes(key)).toEqual([])
  })

  test('holds by the address: also for the contact who is made anew', async () => {
    const { key, link, contacts } = await sent()
    await callApi(`/contacts/${contacts[0]?.id}`, { key, method: 'DELETE' })
    expect((await visit(link, { method: 'POST' })).status).toBe(200)
    server.mails.length = 0
    const again = await setUp(['ada@example.com'])
    await again.act('start')
    await letItRun()
    expect(server.mails).toEqual([])
    expect(await again.show()).toMatchObject({ figures: { unsubscribed: 1 } })
  })

  test('can be taken back by a call, when they ask for mails again', async () => {
    const { key, link } = await sent()
    await visit(link, { method: 'POST' })
    const [made] = await unsubscribes(key)
    expect((await refusal(operations.createUnsubscribe, { key, body: { email: 'ada@example.com' } })).code).toBe(
      'already_exists',
    )
    await send(operations.deleteUnsubscribe, { key, params: { id: made?.id ?? '' } })
    expect(await unsubscribes(key)).toEqual([])
  })

  test('takes no long body', async () => {
    const { key, link } = await sent()
    expect((await visit(link, { method: 'POST', body: 'x'.repeat(5_000) })).status).toBe(413)
    expect(await unsubscribes(key)).toEqual([])
  })
})
