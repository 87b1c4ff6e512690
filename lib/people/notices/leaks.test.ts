import { afterAll, beforeEach, expect, test } from 'vitest'
import { env } from '@/lib/base/node/env'
import { type ActingOrganization, NO_ORIGIN } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { deleteKey } from '@/lib/keys/life/delete'
import { noteLeak } from '@/lib/keys/life/leaks/note'
import { reportLeaks } from '@/lib/keys/life/leaks/report'
import { rotateKey } from '@/lib/keys/life/rotate'
import { listLeaks } from '@/lib/keys/read/list-leaks'
import { useOwnDatabase } from '@/lib/testing/database'
import { useEnvironment } from '@/lib/testing/environment'
import { auditOf, makeKey, makeMember, makeOrganization, operator } from '@/lib/testing/fixtures'
import { startMailServer } from '@/lib/testing/mail-server'
import { letMailsPass, tellAll, tellAndMail } from '@/lib/testing/notices'

useOwnDatabase()

const server = await startMailServer()
afterAll(() => server.stop())
useEnvironment(() => ({ SMTP_URL: server.url, MAIL_FROM: 'Latchkey <keys@example.com>' }))
beforeEach(async () => {
  Object.assign(env, { SMTP_URL: server.url })
  await prisma().job.deleteMany()
})

/** Reports keys, once everything before has been told. */
async function report(...keys: string[]) {
  await tellAll()
  await prisma().notice.deleteMany()
  await reportLeaks(
    { db: prisma(), origin: NO_ORIGIN },
    { by: 'somebody', found: keys.map((key) => ({ key, url: 'https://stranger.example/look' })) },
  )
}

/** What has gone out by now, and to whom. */
async function mailed() {
  server.mails.length = 0
  await letMailsPass()
  await tellAndMail()
  return server.mails.toSorted((one, other) => (one.to < other.to ? -1 : 1))
}

async function withAdmins(): Promise<{ organization: ActingOrganization; admins: string[] }> {
  const organization = await makeOrganization()
  const people = [await makeMember(organization), await makeMember(organization, 'admin', { developer: false })]
  await makeMember(organization, 'read_only_admin')
  await makeMember(organization, 'member')
  await makeMember(await makeOrganization())
  return { organization, admins: people.map(({ user }) => user.email).toSorted() }
}

test('every Admin of the organisation, and nobody else, gets one mail with no word of a stranger in it', async () => {
  const { organization, admins } = await withAdmins()
  const { id, key, key_prefix } = await makeKey(organization, { name: 'crm-sync' })
  await report(key)
  const mails = await mailed()
  expect(mails.map(({ to }) => to)).toEqual(admins)
  for (const { text } of mails) {
    expect(text).toContain(`crm-sync (${key_prefix}, live)`)
    expect(text).toContain(`/orgs/${organization.slug}/settings/api-keys/${id}`)
    expect(text).not.toContain(key)
    expect(text).not.toContain('stranger.example')
  }
  await report(key)
  expect(await mailed()).toEqual([])
})

test('keys that are reported together are told of in one mail to each, to each organisation of its own', async () => {
  const { organization, admins } = await withAdmins()
  const other = await withAdmins()
  const [one, two] = [await makeKey(organization, { name: 'one' }), await makeKey(organization, { name: 'two' })]
  const three = await makeKey(other.organization, { name: 'three' })
  await report(one.key, two.key, three.key)
  const mails = await mailed()
  const named = ({ text }: { text: string }) =>
    [one, two, three].filter((key) => text.includes(key.id)).map(({ name }) => name)
  expect(new Map(mails.map((mail) => [mail.to, named(mail)]))).toEqual(
    new Map<string, string[]>([
      ...admins.map((to) => [to, ['one', 'two']] satisfies [string, string[]]),
      ...other.admins.map((to) => [to, ['three']] satisfies [string, string[]]),
    ]),
  )
  expect(mails).toHaveLength(4)
})

test('the successor and the predecessor in grace are named; one that has ended is not', async () => {
  const organization = await makeOrganization()
  const { ctx } = await makeMember(organization)
  const first = await makeKey(organization)
  const second = await rotateKey(operator(organization), { id: first.id, grace_hours: 24 })
  const third = await rotateKey(operator(organization), { id: second.id, grace_hours: 0 })
  await report(second.key)
  const relatives = [
    { id: third.id, key_prefix: third.key_prefix, relation: 'successor' },
    { id: first.id, key_prefix: first.key_prefix, relation: 'predecessor' },
  ]
  expect((await listLeaks(ctx)).data).toMatchObject([{ id: second.id, relatives }])
  const [mail] = await mailed()
  const others = `its successor ${third.key_prefix} and its predecessor ${first.key_prefix} still work`
  expect(mail?.text).toContain(others)

  await report(first.key, third.key)
  expect((await listLeaks(ctx)).data.map((leak) => leak.relatives)).toEqual([[], [], []])
})

test('a key that was deleted meanwhile is told of by its prefix; nothing is mailed to who is no Admin any more', async () => {
  const organization = await makeOrganization()
  const { user } = await makeMember(organization)
  const deleted = await makeKey(organization)
  await report(deleted.key)
  await deleteKey(operator(organization), { id: deleted.id })
  expect((await mailed()).map(({ text }) => text.includes(deleted.key_prefix))).toEqual([true])

  const { key } = await makeKey(organization)
  await report(key)
  await prisma().membership.updateMany({ where: { user_id: user.id }, data: { role: 'member' } })
  expect(await mailed()).toEqual([])
})

test('the pages tell of a reported key, in its organisation alone, until an Admin notes it, once in the audit log', async () => {
  const organization = await makeOrganization()
  const { ctx } = await makeMember(organization)
  const { ctx: reader } = await makeMember(organization, 'read_only_admin')
  const { ctx: stranger } = await makeMember(await makeOrganization())
  const { id, key } = await makeKey(organization)
  expect(await listLeaks(ctx)).toEqual({ data: [] })
  await report(key)
  for (const who of [ctx, reader]) expect((await listLeaks(who)).data).toMatchObject([{ id, relatives: [] }])
  expect(await listLeaks(stranger)).toEqual({ data: [] })

  await expect(noteLeak(reader, { id })).rejects.toMatchObject({ code: 'role_forbids' })
  await expect(noteLeak(stranger, { id })).rejects.toMatchObject({ code: 'not_found' })
  await noteLeak(ctx, { id })
  await noteLeak(ctx, { id })
  expect(await listLeaks(ctx)).toEqual({ data: [] })
  expect((await auditOf(id)).map(({ action }) => action)).toEqual([
    ...['api_key.created', 'api_key.revoked', 'api_key.leak_noted'],
  ])
})
