import { afterAll, beforeEach } from 'vitest'
import { env } from '@/lib/base/node/env'
import type { ActingOrganization } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { campaignsContract } from '@/lib/resources/campaigns/contract'
import { contactListsContract } from '@/lib/resources/contact-lists/contract'
import { templatesContract } from '@/lib/resources/templates/contract'
import { ask } from '@/lib/testing/ask'
import { useOwnDatabase } from '@/lib/testing/database'
import { useEnvironment } from '@/lib/testing/environment'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'
import { carryOutJobs, carryOutRound, letTimePass } from '@/lib/testing/jobs'
import { startMailServer } from '@/lib/testing/mail-server'

const { operations } = campaignsContract

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

type Step = 'schedule' | 'unschedule' | 'start' | 'pause' | 'resume' | 'cancel'

type Special = {
  environment?: 'live' | 'test'
  /** Of the campaign. */
  fields?: object
  /** Of its template. */
  template?: object
}

/** Takes all campaigns on by a round. */
export const carryOutCampaignRound = () => carryOutRound('campaigns.carry_out')

/** As time passes: mails are made, sent, and noted. */
export async function letCampaignsRun() {
  await carryOutCampaignRound()
  await letTimePass()
  await carryOutJobs()
  await carryOutCampaignRound()
}

/** So many addresses. */
export const manyReaders = (count: number) => Array.from({ length: count }, (_, n) => `reader${n}@example.com`)

/** The link in a mail by which its reader unsubscribes; none: an empty text. */
export const unsubscribeLinkIn = (text: string) => /http:\/\/\S+\/u\/[\w-]+/.exec(text)?.[0] ?? ''

async function makeCampaign(organization: ActingOrganization, emails: string[], special: Special) {
  const { environment = 'live', fields = {}, template = {} } = special
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
  const act = (step: Step) => ask(operations[step], { key, params })
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

/**
 * Campaigns of a test file, in a database of its own, with a mail server that takes what they send. Each test has an
 * organisation of its own, and a server that has got nothing.
 */
export async function useCampaigns() {
  useOwnDatabase()
  /** What the server says to a recipient, until it is taken back. */
  const refusals = new Map<string, { code: number; words: string }>()
  const server = await startMailServer({ toRecipient: (address) => refusals.get(address) ?? null })
  afterAll(() => server.stop())
  useEnvironment(() => ({ SMTP_URL: server.url, MAIL_FROM: 'Latchkey <keys@example.com>' }))
  let organization: ActingOrganization
  beforeEach(async () => {
    refusals.clear()
    server.mails.length = 0
    Object.assign(env, { SMTP_URL: server.url })
    await prisma().job.deleteMany()
    organization = await makeOrganization()
  })
  return {
    server,
    refusals,
    /** A key with what it takes to run campaigns, and a campaign to these addresses. */
    setUp: (emails: string[], special: Special = {}) => makeCampaign(organization, emails, special),
    /** From now on the test is about another organisation. */
    moveOn: async () => {
      organization = await makeOrganization()
    },
    addressees: () => server.mails.map(({ to }) => to).sort(),
  }
}
