import { describe, expect, test } from 'vitest'
import { env } from '@/lib/base/node/env'
import { prisma } from '@/lib/kernel/db/client'
import { campaignsContract } from '@/lib/resources/campaigns/contract'
import { contactListsContract } from '@/lib/resources/contact-lists/contract'
import { templatesContract } from '@/lib/resources/templates/contract'
import { ask, refusal, send } from '@/lib/testing/ask'
import { callApi } from '@/lib/testing/call'
import {
  carryOutCampaignRound,
  letCampaignsRun,
  manyReaders,
  unsubscribeLinkIn,
  useCampaigns,
} from '@/lib/testing/campaigns'
import { carryOutJobs, letTimePass } from '@/lib/testing/jobs'

const { server, refusals, setUp, addressees } = await useCampaigns()
const { operations } = campaignsContract

describe('a campaign', () => {
  test('goes to each contact once, in their own words, and tells its figures', async () => {
    const { act, show, recipients, types, key, id } = await setUp(['ada@example.com', 'bob@example.com'], {
      fields: { variables: { place: 'London' }, from_name: 'Acme News', reply_to: 'hello@acme.test' },
    })
    expect(await act('start')).toMatchObject({ status: 'sending', template_version: 1, finished_at: null })
    await letCampaignsRun()
    await letCampaignsRun()
    expect(addressees()).toEqual(['ada@example.com', 'bob@example.com'])
    const { text } = server.mails.find(({ to }) => to === 'ada@example.com') ?? { text: '' }
    expect(text).toContain('From: Acme News <news@acme.test>')
    expect(text).toContain('Reply-To: hello@acme.test')
    expect(text).toContain('Subject: News for ada')
    expect(text).toContain('<p>Hello ada of London</p>')
    expect(new Set(text.match(/http:\/\/\S+\/u\/[\w-]+/g)).size).toBe(1)
    expect(text.replaceAll('\r\n ', ' ')).toContain(`List-Unsubscribe: <${unsubscribeLinkIn(text)}>`)
    expect(text).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
    const figures = { recipients: 2, sent: 2, failed: 0, excluded: 0, unsubscribed: 0, unsubscribes: 0 }
    expect(await show()).toMatchObject({ status: 'finished', figures })
    expect(await recipients()).toEqual({ 'ada@example.com': 'sent', 'bob@example.com': 'sent' })
    expect(await types()).toEqual(['campaign.created', 'campaign.started', 'campaign.finished'])
    const emails = await (await callApi(`/emails?campaign_id=${id}`, { key })).json()
    expect(emails.data).toHaveLength(2)
  })

  test('with a test key goes through all of it, and nothing is sent', async () => {
    const { act, show, recipients, tenant } = await setUp(['ada@example.com'], { environment: 'test' })
    Object.assign(env, { SMTP_URL: undefined })
    await act('start')
    await letCampaignsRun()
    expect(server.mails).toEqual([])
    expect(await prisma().job.count({ where: { kind: 'email.send' } })).toBe(0)
    expect(await show()).toMatchObject({ status: 'finished', figures: { recipients: 1, sent: 1 } })
    expect(await recipients()).toEqual({ 'ada@example.com': 'sent' })
    expect(await prisma().email.findFirst({ where: tenant })).toMatchObject({
      status: 'mock',
    })
  })

  test('sends the version that it began with, whatever becomes of the template', async () => {
    const { act, key, template_id } = await setUp(['ada@example.com'])
    await act('start')
    const body = { subject: 'Other', text: '{{ unsubscribe_url }}', html: '{{ unsubscribe_url }}' }
    await ask(templatesContract.operations.update, { key, params: { id: template_id }, body })
    await letCampaignsRun()
    expect(server.mails[0]?.text).toContain('Subject: News for ada')
    const problem = await refusal(templatesContract.operations.delete, { key, params: { id: template_id } })
    expect(problem.code).toBe('in_use')
  })

  test('started twice at once runs once', async () => {
    const { key, params } = await setUp(manyReaders(150))
    const replies = await Promise.all([0, 1, 2].map(() => send(operations.start, { key, params })))
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    await Promise.all([carryOutCampaignRound(), carryOutCampaignRound()])
    await letCampaignsRun()
    expect(addressees()).toEqual(manyReaders(150).sort())
  })

  test('to an empty list is done at once, with nobody', async () => {
    const { act, show } = await setUp([])
    await act('start')
    await letCampaignsRun()
    expect(await show()).toMatchObject({ status: 'finished', figures: { recipients: 0, sent: 0 } })
  })

  test('of which a mail is refused counts it as failed, with the words of the server', async () => {
    const { act, show, key, params } = await setUp(['ada@example.com', 'gone@example.com'])
    refusals.set('gone@example.com', { code: 550, words: '5.1.1 No such mailbox' })
    await act('start')
    await letCampaignsRun()
    expect(await show()).toMatchObject({ status: 'finished', figures: { recipients: 2, sent: 1, failed: 1 } })
    const { data } = await ask(operations.listRecipients, { key, params, query: { status: 'failed' } })
    expect(data).toMatchObject([{ email: 'gone@example.com', reason: '550 5.1.1 No such mailbox' }])
  })

  test('is not finished before its last mail has ended', async () => {
    const { act, show } = await setUp(['ada@example.com'])
    refusals.set('ada@example.com', { code: 451, words: '4.7.1 Later' })
    await act('start')
    await letCampaignsRun()
    expect(await show()).toMatchObject({ status: 'sending', figures: { sent: 0, failed: 0 } })
    refusals.clear()
    await letCampaignsRun()
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
    await letCampaignsRun()
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
    await carryOutCampaignRound()
    // By now each mail waits to be sent.
    expect(await prisma().email.count({ where: { ...tenant, status: 'queued' } })).toBe(5)
    const idOf = (name: string) => contacts.find(({ email }) => email.startsWith(name))?.id ?? ''
    await callApi('/exclusions', { key, method: 'POST', body: { kind: 'email', value: 'excluded@example.com' } })
    await ask(operations.createUnsubscribe, { key, body: { email: 'unsubscribed@example.com' } })
    await callApi(`/contacts/${idOf('deleted')}`, { key, method: 'DELETE' })
    await callApi(`/contacts/${idOf('moved')}`, { key, method: 'PATCH', body: { email: 'new@example.com' } })
    const later = await prisma().contact.create({ data: { ...tenant, email: 'later@example.com' } })
    await prisma().contactListMember.create({ data: { ...tenant, list_id: list.id, contact_id: later.id } })
    await letCampaignsRun()
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
    await letCampaignsRun()
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
    const { act, show, tenant } = await setUp(manyReaders(250))
    await act('start')
    await carryOutCampaignRound()
    const [begun] = await prisma().email.findMany({ where: { ...tenant, status: 'queued' }, take: 1 })
    await prisma().email.update({ where: { id: begun?.id ?? '' }, data: { sending_at: new Date() } })
    expect((await act('pause')).status).toBe('paused')
    await letTimePass()
    await carryOutJobs()
    await carryOutCampaignRound()
    expect(server.mails).toHaveLength(1)
    expect(await show()).toMatchObject({ status: 'paused', figures: { recipients: 250, sent: 1 } })
    await act('resume')
    await letCampaignsRun()
    expect(addressees()).toEqual(manyReaders(250).sort())
    expect(await show()).toMatchObject({ status: 'finished', figures: { sent: 250 } })
  })

  test('before its recipients are gathered it gathers them when it is resumed', async () => {
    const { act, show } = await setUp(manyReaders(3))
    await act('start')
    await act('pause')
    await letCampaignsRun()
    expect(server.mails).toEqual([])
    await act('resume')
    await letCampaignsRun()
    expect(await show()).toMatchObject({ status: 'finished', figures: { sent: 3 } })
  })

  test('cancelled it sends no more, for good, and its list may go', async () => {
    const { act, show, key, params, list } = await setUp(manyReaders(5))
    await act('start')
    await carryOutCampaignRound()
    await act('cancel')
    await letCampaignsRun()
    expect(server.mails).toEqual([])
    expect(await show()).toMatchObject({ status: 'cancelled', figures: { recipients: 5, sent: 0 } })
    for (const step of ['start', 'resume', 'pause', 'cancel'] as const) {
      expect((await refusal(operations[step], { key, params })).code).toBe('wrong_state')
    }
    expect((await refusal(operations.delete, { key, params })).code).toBe('wrong_state')
    expect((await send(contactListsContract.operations.delete, { key, params: { id: list.id } })).status).toBe(204)
  })

  test('a list that is deleted takes no recipient away', async () => {
    const { act, key, list, show } = await setUp(manyReaders(3))
    await act('start')
    await carryOutCampaignRound()
    await send(contactListsContract.operations.delete, { key, params: { id: list.id } })
    await letCampaignsRun()
    expect(await show()).toMatchObject({ status: 'finished', contact_list_id: null, figures: { sent: 3 } })
  })
})
