import { afterAll, beforeEach, expect, test } from 'vitest'
import { env } from '@/lib/base/node/env'
import { DAY_MS } from '@/lib/base/time'
import { NO_ORIGIN } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { reportLeaks } from '@/lib/keys/life/leaks/report'
import { revokeKey } from '@/lib/keys/life/revocation/revoke'
import { choose } from '@/lib/people/notices/choose'
import type { NoticeKind, NoticeWay } from '@/lib/people/notices/contract'
import { lastDigest, mailNotices } from '@/lib/people/notices/mail/job'
import { useOwnDatabase } from '@/lib/testing/database'
import { useEnvironment } from '@/lib/testing/environment'
import { makeKey, makeMember, makeOrganization, operator } from '@/lib/testing/fixtures'
import { letTimePass } from '@/lib/testing/jobs'
import { startMailServer } from '@/lib/testing/mail-server'
import { makeManyKeys } from '@/lib/testing/many-keys'
import { letMailsPass, tellAll, tellAndMail, toldTo } from '@/lib/testing/notices'
import { handlerOf } from '@/lib/work/register'

useOwnDatabase()

let refusal: { code: number; words: string } | null = null
const server = await startMailServer({ toRecipient: () => refusal })
afterAll(() => server.stop())
useEnvironment(() => ({ SMTP_URL: server.url, MAIL_FROM: 'Latchkey <keys@example.com>' }))

beforeEach(async () => {
  Object.assign(env, { SMTP_URL: server.url })
  refusal = null
  await tellAll()
  await prisma().notice.deleteMany()
  await prisma().job.deleteMany()
  server.mails.length = 0
})

async function setUp() {
  const organization = await makeOrganization({ name: 'Beta & <Sons>' })
  const { user } = await makeMember(organization)
  return { organization, user, make: (name = 'crm-sync') => makeKey(organization, { name }) }
}

const mailsTo = ({ email }: { email: string }) => server.mails.filter(({ to }) => to === email)

const decide = (user_id: string, kind: NoticeKind, way: NoticeWay) =>
  prisma().$transaction((db) => choose(db, user_id, { kind, way }))

test('a mail says what happened in text and HTML, with times in UTC, a way out, and no secret', async () => {
  const { organization, user, make } = await setUp()
  const { id, key, key_prefix } = await make('<b>crm</b>')
  await tellAndMail()
  const [mail, ...others] = mailsTo(user)
  expect(others).toEqual([])
  const text = mail?.text ?? ''
  expect(text).toContain(`Beta & <Sons>: The API key <b>crm</b> was created by tests`)
  expect(text).toContain(`<b>crm</b> (${key_prefix}, live)`)
  expect(text).toContain(`http://localhost:3000/orgs/${organization.slug}/settings/api-keys/${id}`)
  expect(text).toContain('All times are in UTC.')
  expect(text).toContain('&#60;b&#62;crm&#60;/b&#62;')
  expect(text).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
  expect(text).not.toContain(key)
  await tellAndMail()
  expect(mailsTo(user)).toHaveLength(1)
})

test('what comes within minutes of a mail is in the next one, together', async () => {
  const { user, make } = await setUp()
  await make('one')
  await tellAndMail()
  await make('two')
  await tellAndMail()
  await make('three')
  await tellAndMail()
  expect(mailsTo(user)).toHaveLength(1)
  await letMailsPass()
  await tellAndMail()
  expect(mailsTo(user)).toHaveLength(2)
  expect(mailsTo(user)[1]?.text).toMatch(/API key two was created[\s\S]*API key three was created/)
})

test('of each kind a person chooses: once a day in one mail, in the product alone, or nothing', async () => {
  const { user, make, organization } = await setUp()
  await decide(user.id, 'key_created', 'daily')
  await decide(user.id, 'key_revoked', 'product')
  await decide(user.id, 'key_leaked', 'off')
  const [one, two] = [await make('one'), await make('two')]
  await tellAll()
  await make('three')
  await revokeKey(operator(organization), { id: one.id, leaked: false })
  await revokeKey(operator(organization), { id: two.id, leaked: true })
  await tellAndMail()
  expect(mailsTo(user)).toEqual([])
  // What is told together depends on what else was under way in the database.
  expect([...new Set((await toldTo(user.id)).map(({ kind }) => kind))]).toEqual(['key_created', 'key_revoked'])
  await prisma().notice.updateMany({ data: { at: new Date(Date.now() - DAY_MS) } })
  await tellAndMail()
  await tellAndMail()
  const mails = mailsTo(user)
  expect(mails).toHaveLength(1)
  expect(mails[0]?.text).toMatch(/(2 API keys were|API key one was) created[\s\S]*API key three was created/)
})

test.each([
  ['2026-12-01T06:59:59Z', '2026-11-30T07:00:00.000Z'],
  ['2026-12-01T07:00:00Z', '2026-12-01T07:00:00.000Z'],
  ['2026-12-31T23:59:59Z', '2026-12-31T07:00:00.000Z'],
])('at %s the last digest was at %s', (now, digest) => {
  expect(lastDigest(new Date(now)).toISOString()).toBe(digest)
})

test('ten thousand keys that expire on one day are one mail to each, which counts them', async () => {
  const { organization, user } = await setUp()
  const other = await makeMember(organization)
  await makeManyKeys({ organization_id: organization.id, count: 10_000 })
  await prisma().$executeRaw`
    UPDATE api_keys SET created_at = now() - interval '80 days', revoked_at = NULL, rotated_at = NULL, retires_at = NULL,
      expires_at = date_trunc('day', now(), 'UTC') + interval '6 days 12 hours' + (abs(hashtext(id::text)) % 3600) * interval '1 s'
    WHERE organization_id = ${organization.id}::uuid`
  for (let round = 0; round < 3; round++) {
    await tellAndMail()
    await letMailsPass()
  }
  for (const person of [user, other.user]) {
    expect(mailsTo(person).map(({ text }) => /10,000 API keys expire/.test(text))).toEqual([true])
    expect(mailsTo(person)[0]?.text).toContain('and 9,980 more')
  }
}, 60_000)

test('a choice holds for what waits to be mailed', async () => {
  const { user, make } = await setUp()
  await make()
  await tellAll()
  await decide(user.id, 'key_created', 'product')
  await tellAndMail()
  expect(mailsTo(user)).toEqual([])
})

test('whoever is no Admin any more when it is sent, or no member, is mailed nothing and shown nothing', async () => {
  const { user, make } = await setUp()
  await make()
  await tellAll()
  await prisma().membership.updateMany({ where: { user_id: user.id }, data: { role: 'read_only_admin' } })
  await tellAndMail()
  expect(mailsTo(user)).toEqual([])
  expect(await prisma().notice.count({ where: { user_id: user.id, mail: { not: null } } })).toBe(0)
})

test('a server that is away for a day is waited for; then all that has come meanwhile is one mail', async () => {
  const { user, make } = await setUp()
  refusal = { code: 451, words: 'Later, please.' }
  await make('one')
  await tellAndMail()
  Object.assign(env, { SMTP_URL: 'smtp://127.0.0.1:1' })
  await make('two')
  await letTimePass()
  await tellAndMail()
  // So many attempts later, with a notice more at each.
  await prisma().job.updateMany({ where: { kind: 'notices.mail' }, data: { attempts: 40 } })
  await prisma().$executeRaw`
    INSERT INTO notices (id, user_id, organization_id, kind, as_maker, details, at, mail)
    SELECT gen_random_uuid(), user_id, organization_id, kind, as_maker, details, clock_timestamp(), mail
    FROM notices, generate_series(1, 20) WHERE user_id = ${user.id}::uuid`
  await letTimePass()
  await tellAndMail()
  const waiting = await prisma().job.findFirstOrThrow({ where: { kind: 'notices.mail' } })
  expect(waiting).toMatchObject({ failed_at: null, attempts: 41 })
  expect(waiting.run_at.getTime()).toBeGreaterThan(Date.now() + 60_000)
  Object.assign(env, { SMTP_URL: server.url })
  refusal = null
  await letTimePass()
  await tellAndMail()
  expect(mailsTo(user)).toHaveLength(1)
  expect(mailsTo(user)[0]?.text).toContain('API key one was created')
  expect(mailsTo(user)[0]?.text).toContain('2 more notices')
  expect(await prisma().job.count({ where: { kind: 'notices.mail' } })).toBe(0)
}, 60_000)

test('a mailbox that the server refuses for good is not tried again, and blocks no later mail', async () => {
  const { user, make } = await setUp()
  refusal = { code: 550, words: 'No such mailbox.' }
  await make('one')
  await tellAndMail()
  expect(await prisma().job.count({ where: { kind: 'notices.mail' } })).toBe(0)
  refusal = null
  await make('two')
  await letMailsPass()
  await tellAndMail()
  expect(mailsTo(user)).toHaveLength(1)
  expect(mailsTo(user)[0]?.text).not.toContain('API key one')
})

test('a server that lets nobody sign in, or wants that first, is waited for, as one that is away', async () => {
  const { user, make } = await setUp()
  let signIn: typeof refusal = { code: 535, words: '5.7.8 Bad credentials' }
  const locked = await startMailServer({ toSignIn: () => signIn })
  Object.assign(env, { SMTP_URL: locked.url.replace('//', '//latchkey:secret@') })
  await make('one')
  await tellAndMail()
  expect(await prisma().job.count({ where: { kind: 'notices.mail' } })).toBe(1)
  Object.assign(env, { SMTP_URL: server.url })
  refusal = { code: 530, words: '5.7.0 Authentication required' }
  await letTimePass()
  await tellAndMail()
  expect(await prisma().job.count({ where: { kind: 'notices.mail' } })).toBe(1)
  signIn = null
  Object.assign(env, { SMTP_URL: locked.url.replace('//', '//latchkey:secret@') })
  await letTimePass()
  await tellAndMail()
  await locked.stop()
  expect(locked.mails.map(({ to }) => to)).toEqual([user.email])
})

test('an attempt that was cut off is made again as the same mail, and what came after it is the next one', async () => {
  const { user, make } = await setUp()
  await make('one')
  await tellAll()
  const mail_id = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'
  await prisma().notice.updateMany({ where: { user_id: user.id }, data: { mail_id } })
  await make('two')
  await tellAndMail()
  const [mail] = mailsTo(user)
  expect(mail?.text).toContain(`Message-ID: <${mail_id}@localhost>`)
  expect(mail?.text).not.toContain('API key two')
  await letMailsPass()
  await tellAndMail()
  expect(mailsTo(user)[1]?.text).toContain('API key two')
})

test('without a server nothing waits to be mailed', async () => {
  Object.assign(env, { SMTP_URL: undefined })
  const { user, make } = await setUp()
  await make()
  await tellAndMail()
  Object.assign(env, { SMTP_URL: server.url })
  await tellAndMail()
  expect(mailsTo(user)).toEqual([])
  expect(await toldTo(user.id)).toHaveLength(1)
})

test('a leak is mailed without a round to wait for', async () => {
  const { user, make } = await setUp()
  const { key } = await make()
  await tellAll()
  await prisma().notice.deleteMany()
  await reportLeaks({ db: prisma(), origin: NO_ORIGIN }, { by: 'somebody', found: [{ key }] })
  const job = await prisma().job.findFirstOrThrow({ where: { kind: 'leak.tell' } })
  const signal = new AbortController().signal
  const attempt = { id: job.id, number: 1, last: false, signal, giveWay: async () => {} }
  const tell = async () =>
    handlerOf('leak.tell')
      ?.work({ ...attempt, db: prisma() }, job.data)
      .then(() => toldTo(user.id))
  await expect.poll(tell).toMatchObject([{ kind: 'key_leaked' }])
  expect(job.data).toEqual({})
  // As a version before asked for it.
  await handlerOf('leak.tell')?.work({ ...attempt, db: prisma() }, { key_ids: [job.id] })
  expect(await prisma().job.count({ where: { kind: mailNotices.name } })).toBe(1)
})
