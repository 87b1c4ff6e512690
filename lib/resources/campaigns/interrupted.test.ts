import { expect, test } from 'vitest'
import { NO_ORIGIN } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { platformAdminContext } from '@/lib/people/platform/admin-context'
import { campaignsContract } from '@/lib/resources/campaigns/contract'
import { contactListsContract } from '@/lib/resources/contact-lists/contract'
import { templatesContract } from '@/lib/resources/templates/contract'
import { ask } from '@/lib/testing/ask'
import { useOwnDatabase } from '@/lib/testing/database'
import { useMailSettings } from '@/lib/testing/environment'
import { makeKey, makeMember, makeOrganization } from '@/lib/testing/fixtures'
import { carryOutRound } from '@/lib/testing/jobs'
import { afterStatement } from '@/lib/testing/statements'
import { dropJob } from '@/lib/work/jobs/drop'

useOwnDatabase()
useMailSettings()

const { operations } = campaignsContract
const html = '<a href="{{ unsubscribe_url }}">Unsubscribe</a>'

/** A campaign to these addresses. */
async function setUp(emails: string[]) {
  const organization = await makeOrganization()
  const { key } = await makeKey(organization, { scopes: ['admin'] })
  const { id: template_id } = await ask(templatesContract.operations.create, {
    key,
    body: { name: 'News', subject: 'News', html },
  })
  const { id: contact_list_id } = await ask(contactListsContract.operations.create, { key, body: { name: 'Readers' } })
  const tenant = { organization_id: organization.id, environment: 'live' as const }
  const contacts = await prisma().contact.createManyAndReturn({ data: emails.map((email) => ({ ...tenant, email })) })
  await prisma().contactListMember.createMany({
    data: contacts.map(({ id }) => ({ ...tenant, list_id: contact_list_id, contact_id: id })),
  })
  const body = { name: 'November', template_id, contact_list_id }
  const { id } = await ask(operations.create, { key, body })
  return { organization, key, params: { id }, template_id }
}

test('a template that changes while a campaign begins is not sent: the version that was checked is', async () => {
  const { key, params, template_id } = await setUp([])
  const change = () =>
    ask(templatesContract.operations.update, { key, params: { id: template_id }, body: { html: '<p>No link</p>' } })
  const begun = await afterStatement(/template_versions/, change, () => ask(operations.start, { key, params }))
  expect(begun).toMatchObject({ status: 'sending', template_version: 1 })
  expect(await ask(templatesContract.operations.get, { key, params: { id: template_id } })).toMatchObject({
    current_version: 2,
  })
})

test('a mail whose job an operator drops has failed, also where its reader has unsubscribed since', async () => {
  const { organization, key, params } = await setUp(['ada@example.com', 'bob@example.com'])
  await ask(operations.start, { key, params })
  await carryOutRound('campaigns.carry_out')
  await ask(operations.createUnsubscribe, { key, body: { email: 'bob@example.com' } })
  const { user } = await makeMember(organization)
  const operator = platformAdminContext(prisma(), { ...user, platform_admin: true }, NO_ORIGIN)
  const jobs = await prisma().job.findMany({ where: { kind: 'email.send' } })
  for (const { id } of jobs) await dropJob(operator, { id })
  await carryOutRound('campaigns.carry_out')
  expect(await ask(operations.get, { key, params })).toMatchObject({
    status: 'finished',
    figures: { recipients: 2, sent: 0, failed: 2, excluded: 0, unsubscribed: 0 },
  })
  const { data } = await ask(operations.listRecipients, { key, params })
  const reason = 'Whoever runs the server dropped it before it was sent.'
  expect(data).toMatchObject([
    { status: 'failed', reason },
    { status: 'failed', reason },
  ])
})
