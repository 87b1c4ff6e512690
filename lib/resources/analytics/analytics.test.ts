import { beforeEach, describe, expect, test } from 'vitest'
import { DAY_MS } from '@/lib/base/time'
import type { ActingOrganization } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { analyticsContract } from '@/lib/resources/analytics/contract'
import { ask, refusal } from '@/lib/testing/ask'
import { callApi } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'
import { sentBy } from '@/lib/testing/statements'

useTestDatabase()

const { get } = analyticsContract.operations
const dayOf = (ago: number) => new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10)
const at = (day: string) => new Date(`${day}T12:00:00Z`)

let organization: ActingOrganization
let key = ''
beforeEach(async () => {
  organization = await makeOrganization()
  key = (await makeKey(organization, { scopes: ['analytics:read', 'conversions:write'] })).key
})

const tenant = (environment: 'live' | 'test' = 'live') => ({ organization_id: organization.id, environment })
const figures = (query: Record<string, string> = {}, as = key) => ask(get, { key: as, query })

async function makeCampaign(environment: 'live' | 'test' = 'live') {
  const template = await prisma().template.create({ data: { ...tenant(environment), name: 'News', subject: 'News' } })
  return prisma().campaign.create({ data: { ...tenant(environment), name: 'News', template_id: template.id } })
}

type Mail = {
  status: 'queued' | 'sent' | 'failed' | 'mock'
  campaign_id?: string
  day?: string
  environment?: 'live' | 'test'
}

const makeEmails = (count: number, { status, day, campaign_id, environment }: Mail) =>
  prisma().email.createManyAndReturn({
    data: Array.from({ length: count }, () => ({
      ...tenant(environment),
      status,
      from: {},
      to: [],
      subject: 'News',
      campaign_id: campaign_id ?? null,
      ...(day && { created_at: at(day), sent_at: status === 'sent' ? at(day) : null }),
    })),
  })

const record = async (body: object) =>
  (await callApi('/conversions', { method: 'POST', key, body: { name: 'order', ...body } })).json()

describe('by day', () => {
  test('there is a point for each of thirty days, today last, also where nothing happened', async () => {
    const { from, to, by, data } = await figures()
    expect([from, to, by, data.length]).toEqual([dayOf(29), dayOf(0), 'day', 30])
    expect(data.map(({ day }) => day)).toEqual(Array.from({ length: 30 }, (_, index) => dayOf(29 - index)))
    expect(data[0]).toEqual({
      day: dayOf(29),
      campaign_id: null,
      sent: 0,
      failed: 0,
      unsubscribed: 0,
      enrollments: 0,
      conversions: 0,
      values: [],
    })
  })

  test('each email counts once, on the day it ended, as what it ended as', async () => {
    const [first, second] = await makeEmails(2, { status: 'queued' })
    await makeEmails(3, { status: 'sent', day: dayOf(2) })
    expect((await figures()).data.at(-1)).toMatchObject({ sent: 0, failed: 0 })
    const end = (id: string | undefined, status: 'sent' | 'failed') =>
      prisma().email.update({
        where: { id: id ?? '' },
        data: { status, ...(status === 'sent' && { sent_at: new Date() }) },
      })
    await end(first?.id, 'sent')
    await end(second?.id, 'failed')
    await prisma().email.update({ where: { id: first?.id ?? '' }, data: { answer: '250 Ok' } })
    const { data } = await figures()
    expect(data.at(-1)).toMatchObject({ sent: 1, failed: 1 })
    expect(data.at(-3)).toMatchObject({ day: dayOf(2), sent: 3, failed: 0 })
    await prisma().email.deleteMany({ where: tenant() })
    expect((await figures()).data.at(-1)).toMatchObject({ sent: 1, failed: 1 })
  })

  test('conversions count on the day they occurred, with their values by currency, and no longer when they are deleted', async () => {
    const day = dayOf(3)
    const occurred_at = at(day).toISOString()
    await record({ occurred_at, amount: 1_000, currency: 'EUR' })
    await record({ occurred_at, amount: 1_000_000_000_000, currency: 'EUR' })
    await record({ occurred_at })
    const { id } = await record({ occurred_at, amount: 500, currency: 'USD' })
    const point = async () => (await figures({ from: day, to: day })).data[0]
    const euros = { currency: 'EUR', conversions: 2, amount: 1_000_000_001_000 }
    expect(await point()).toMatchObject({
      conversions: 4,
      values: [euros, { currency: 'USD', conversions: 1, amount: 500 }],
    })
    await prisma().conversion.delete({ where: { id } })
    expect(await point()).toMatchObject({ conversions: 3, values: [euros] })
  })

  test('who is enrolled, and who has unsubscribed, counts on that day', async () => {
    const sequence = await prisma().sequence.create({ data: { ...tenant(), name: 'Welcome' } })
    const contacts = await prisma().contact.createManyAndReturn({
      data: ['a', 'b'].map((name) => ({ ...tenant(), email: `${name}@example.com` })),
    })
    await prisma().enrollment.createMany({
      data: contacts.map(({ id }) => ({ ...tenant(), sequence_id: sequence.id, contact_id: id })),
    })
    await prisma().unsubscribe.create({ data: { ...tenant(), email: 'a@example.com', source: 'page' } })
    expect((await figures()).data.at(-1)).toMatchObject({ enrollments: 2, unsubscribed: 1 })
  })

  test('the sandbox has figures of its own, in which mock emails are sent', async () => {
    await makeEmails(2, { status: 'mock', environment: 'test' })
    const sandbox = (await makeKey(organization, { scopes: ['analytics:read'], environment: 'test' })).key
    expect((await figures({}, sandbox)).data.at(-1)).toMatchObject({ sent: 2 })
    expect((await figures()).data.at(-1)).toMatchObject({ sent: 0 })
  })

  test.each([
    [{ from: '2026-01-01', to: '2027-02-05' }, 'from'],
    [{ from: '2026-01-02', to: '2026-01-01' }, 'from'],
    [{ from: '2026-02-30' }, 'from'],
    [{ to: '0000-01-01' }, 'to'],
    [{ to: '0001-01-02' }, 'to'],
    [{ to: '2026-01-01T00:00:00Z' }, 'to'],
    [{ to: '0001-01-01' }, 'to'],
    [{ from: '0000-12-31', to: '1970-01-31' }, 'from'],
    [{ by: 'week' }, 'by'],
    [{ campaign_id: 'x' }, 'campaign_id'],
  ])('%o is refused', async (query, path) => {
    expect((await refusal(get, { key, query })).errors).toMatchObject([{ path }])
  })

  test('four hundred days are had at once', async () => {
    expect((await figures({ from: '2026-01-01', to: '2027-02-04' })).data).toHaveLength(400)
  })
})

describe('by campaign', () => {
  test('each has its own figures, those that sent most first, and what belongs to none has no point', async () => {
    const [small, large] = [await makeCampaign(), await makeCampaign()]
    await makeEmails(1, { status: 'sent', campaign_id: small.id })
    await makeEmails(2, { status: 'sent', campaign_id: large.id })
    await makeEmails(3, { status: 'sent' })
    await prisma().unsubscribe.create({
      data: { ...tenant(), email: 'a@example.com', source: 'one_click', campaign_id: small.id },
    })
    await prisma().conversion.create({
      data: {
        ...tenant(),
        name: 'order',
        amount: 700,
        currency: 'EUR',
        occurred_at: new Date(),
        campaign_id: small.id,
      },
    })
    const { data } = await figures({ by: 'campaign' })
    expect(data).toMatchObject([
      { campaign_id: large.id, day: null, sent: 2, unsubscribed: 0, values: [] },
      {
        campaign_id: small.id,
        sent: 1,
        unsubscribed: 1,
        conversions: 1,
        values: [{ currency: 'EUR', conversions: 1, amount: 700 }],
      },
    ])
    expect((await figures({ by: 'campaign', campaign_id: small.id })).data).toHaveLength(1)
    expect((await figures({ campaign_id: small.id })).data.at(-1)).toMatchObject({ sent: 1, conversions: 1 })
    expect((await figures()).data.at(-1)).toMatchObject({ sent: 6, unsubscribed: 1, conversions: 1 })
  })

  test('at most four hundred are told, those that sent most', async () => {
    const most = await makeCampaign()
    const { template_id } = most
    await prisma().campaign.createMany({
      data: Array.from({ length: 400 }, () => ({ ...tenant(), name: 'News', template_id })),
    })
    await prisma().$executeRaw`
      INSERT INTO outreach_days (organization_id, environment, campaign_id, day, share, sent)
      SELECT organization_id, environment, id, current_date, 0, CASE WHEN id = ${most.id}::uuid THEN 2 ELSE 1 END
      FROM campaigns WHERE organization_id = ${organization.id}::uuid`
    const { data } = await figures({ by: 'campaign' })
    expect([data.length, data[0]?.campaign_id]).toEqual([400, most.id])
  })

  test('one that was deleted counts in the figures of days alone', async () => {
    const { id } = await makeCampaign()
    await makeEmails(2, { status: 'sent', campaign_id: id })
    await prisma().campaign.delete({ where: { id } })
    expect((await figures({ by: 'campaign' })).data).toEqual([])
    expect((await figures()).data.at(-1)).toMatchObject({ sent: 2 })
  })

  test('that of another organisation has no figures here', async () => {
    const { id } = await makeCampaign()
    await makeEmails(2, { status: 'sent', campaign_id: id })
    const other = (await makeKey(await makeOrganization(), { scopes: ['analytics:read'] })).key
    expect((await figures({ campaign_id: id }, other)).data.at(-1)).toMatchObject({ sent: 0 })
    expect((await figures({ by: 'campaign', campaign_id: id }, other)).data).toEqual([])
  })
})

test('what many count at once adds up', async () => {
  await Promise.all(Array.from({ length: 20 }, () => makeEmails(5, { status: 'sent' })))
  await Promise.all(Array.from({ length: 20 }, () => record({ amount: 1, currency: 'EUR' })))
  expect((await figures()).data.at(-1)).toMatchObject({
    sent: 100,
    conversions: 20,
    values: [{ currency: 'EUR', conversions: 20, amount: 20 }],
  })
})

test('what is told is read from what is kept, two statements for any span, and never from the mails themselves', async () => {
  for (const by of ['day', 'campaign']) {
    const read = (await sentBy(() => figures({ by }))).filter(({ text }) => text.includes('SELECT t.'))
    expect(read.map(({ text }) => /FROM (\w+) t/.exec(text)?.[1])).toEqual(['outreach_days', 'conversion_values'])
  }
})

test('an organisation that goes takes its figures along', async () => {
  await makeEmails(1, { status: 'sent' })
  await record({ amount: 1, currency: 'EUR' })
  await prisma().organization.delete({ where: { id: organization.id } })
  expect(await prisma().outreachDay.count({ where: { organization_id: organization.id } })).toBe(0)
})
