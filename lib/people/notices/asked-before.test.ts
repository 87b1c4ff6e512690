import { afterAll, beforeEach, expect, test } from 'vitest'
import { NO_ORIGIN } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { reportLeaks } from '@/lib/keys/life/leaks/report'
import { useOwnDatabase } from '@/lib/testing/database'
import { useEnvironment } from '@/lib/testing/environment'
import { alterKey, makeKey, makeMember, makeOrganization } from '@/lib/testing/fixtures'
import { carryOutJobs, letTimePass } from '@/lib/testing/jobs'
import { startMailServer } from '@/lib/testing/mail-server'
import { tellAll, tellAndMail, toldTo } from '@/lib/testing/notices'
import { makeWebhook } from '@/lib/testing/webhooks'

useOwnDatabase()

const server = await startMailServer()
afterAll(() => server.stop())
useEnvironment(() => ({
  SMTP_URL: server.url,
  MAIL_FROM: 'Latchkey <keys@example.com>',
  ALLOWED_WEBHOOK_HOSTS: ['127.0.0.1'],
}))

async function setUp() {
  const organization = await makeOrganization()
  const { user } = await makeMember(organization)
  const key = await makeKey(organization, { name: 'crm-sync' })
  const webhook = await makeWebhook(organization, { url: 'http://127.0.0.1:9/hooks' })
  return { organization, user, key, webhook }
}

/** As of a day before the notices: nothing tells of it any more. */
async function forgetNews() {
  await tellAll()
  await prisma().notice.deleteMany()
  await prisma().job.deleteMany()
  server.mails.length = 0
}

beforeEach(forgetNews)

/** What the version before has left in the queue. */
const leftWaiting = (kind: string, data: object) => prisma().job.create({ data: { kind, data } })

async function carryOutAll() {
  await carryOutJobs()
  await letTimePass()
  await tellAndMail()
}

const told = async (user_id: string) => (await toldTo(user_id)).map(({ kind, subjects }) => [kind, subjects[0]?.text])
const mailsTo = ({ email }: { email: string }) => server.mails.filter(({ to }) => to === email)

test('a mail about a leak that a version before had asked for is told and mailed, to its reader alone, once', async () => {
  const { organization, user, key } = await setUp()
  const other = await makeMember(organization)
  await alterKey(key.id, { revoked_at: new Date(), leaked: true })
  await forgetNews()
  const data = { user_id: user.id, organization_id: organization.id, key_ids: [key.id] }
  for (let times = 0; times < 2; times++) {
    await leftWaiting('leak.mail', data)
    await carryOutAll()
  }
  expect(await told(user.id)).toEqual([['key_leaked', `crm-sync (${key.key_prefix}, live)`]])
  expect(mailsTo(user)).toHaveLength(1)
  expect(await told(other.user.id)).toEqual([])
  expect(await prisma().job.count({ where: { kind: 'leak.mail' } })).toBe(0)
})

test('one that a version before asks for beside this one, which tells of it too, is told once', async () => {
  const { organization, user, key } = await setUp()
  await forgetNews()
  await reportLeaks({ db: prisma(), origin: NO_ORIGIN }, { by: 'somebody', found: [{ key: key.key }] })
  await leftWaiting('leak.mail', { user_id: user.id, organization_id: organization.id, key_ids: [key.id] })
  await carryOutAll()
  await tellAll()
  expect((await told(user.id)).map(([kind]) => kind)).toEqual(['key_leaked'])
})

test('so is one that waits in the audit for something else that is under way', async () => {
  const { organization, user, key } = await setUp()
  await forgetNews()
  await prisma().$transaction(async (underWay) => {
    await underWay.$queryRaw`SELECT pg_current_xact_id()::text`
    await reportLeaks({ db: prisma(), origin: NO_ORIGIN }, { by: 'somebody', found: [{ key: key.key }] })
    await leftWaiting('leak.mail', { user_id: user.id, organization_id: organization.id, key_ids: [key.id] })
    await carryOutJobs()
  })
  expect(await prisma().job.count({ where: { kind: 'leak.mail' } })).toBe(0)
  await tellAll()
  expect((await told(user.id)).map(([kind]) => kind)).toEqual(['key_leaked'])
})

test('a mail about a disabled webhook that a version before had asked for is told and mailed', async () => {
  const { user, webhook } = await setUp()
  await forgetNews()
  await prisma().webhook.update({ where: { id: webhook.id }, data: { enabled: false, disabled_reason: 'failing' } })
  await leftWaiting('webhook.tell_disabled', { webhook_id: webhook.id, email: user.email })
  await carryOutAll()
  expect(await told(user.id)).toEqual([
    ['webhook_disabled', '127.0.0.1:9 (live): nothing has arrived there for five days'],
  ])
  expect(mailsTo(user)).toHaveLength(1)
  expect(await prisma().job.count({ where: { kind: 'webhook.tell_disabled' } })).toBe(0)
})

test('what is over by now is told to nobody: a key or a webhook that is gone or works, a person who is no Admin', async () => {
  const { organization, user, key, webhook } = await setUp()
  const member = await makeMember(organization, 'member')
  await forgetNews()
  const gone = '019a0000-0000-7000-8000-000000000000'
  const leak = { user_id: user.id, organization_id: organization.id, key_ids: [key.id, gone] }
  await leftWaiting('leak.mail', leak)
  await leftWaiting('webhook.tell_disabled', { webhook_id: webhook.id, email: user.email })
  await leftWaiting('webhook.tell_disabled', { webhook_id: gone, email: user.email })
  await leftWaiting('webhook.tell_disabled', { webhook_id: webhook.id, email: 'nobody@acme.test' })
  await carryOutAll()
  await alterKey(key.id, { revoked_at: new Date(), leaked: true })
  await leftWaiting('leak.mail', { ...leak, user_id: member.user.id })
  await carryOutAll()
  expect([...(await told(user.id)), ...(await told(member.user.id))]).toEqual([])
  expect(server.mails).toEqual([])
  expect(await prisma().job.count({ where: { kind: { in: ['leak.mail', 'webhook.tell_disabled'] } } })).toBe(0)
})
