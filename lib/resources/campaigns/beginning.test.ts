import { describe, expect, test } from 'vitest'
import { env } from '@/lib/base/node/env'
import { prisma } from '@/lib/kernel/db/client'
import { campaignsContract } from '@/lib/resources/campaigns/contract'
import { contactListsContract } from '@/lib/resources/contact-lists/contract'
import { templatesContract } from '@/lib/resources/templates/contract'
import { ask, refusal, send } from '@/lib/testing/ask'
import { visitLink } from '@/lib/testing/call'
import { letCampaignsRun, unsubscribeLinkIn, useCampaigns } from '@/lib/testing/campaigns'
import { carryOutJobs } from '@/lib/testing/jobs'

const { server, setUp, moveOn, addressees } = await useCampaigns()
const { operations } = campaignsContract

describe('a scheduled campaign', () => {
  const soon = () => new Date(Date.now() + 3_600_000).toISOString()
  const bringDue = (id: string) => prisma().campaign.update({ where: { id }, data: { send_at: new Date(1_000) } })

  test('starts when its time has come, by itself, with the template as it was', async () => {
    const { act, show, id, key, template_id, types } = await setUp(['ada@example.com'], { fields: { send_at: soon() } })
    expect(await act('schedule')).toMatchObject({ status: 'scheduled', template_version: 1 })
    await letCampaignsRun()
    expect(await show()).toMatchObject({ status: 'scheduled' })
    const body = { subject: 'Changed' }
    await ask(templatesContract.operations.update, { key, params: { id: template_id }, body })
    await bringDue(id)
    await letCampaignsRun()
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
    await letCampaignsRun()
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
    await moveOn()
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
    expect((await visitLink(unsubscribeLinkIn(text), { method: 'POST' })).status).toBe(404)
    expect(await show()).toMatchObject({ status: 'draft', figures: { recipients: 0, sent: 0 } })
  })
})
