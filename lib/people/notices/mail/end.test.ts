import { afterAll, beforeEach, expect, test } from 'vitest'
import { noticeMails } from '@/lib/http/notices/app'
import { prisma } from '@/lib/kernel/db/client'
import { revokeKey } from '@/lib/keys/life/revocation/revoke'
import { choose } from '@/lib/people/notices/choose'
import { sealEnd } from '@/lib/people/notices/mail/end-link'
import { callDashboard, outcomeOf } from '@/lib/testing/call'
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
  await tellAll()
  await prisma().notice.deleteMany()
  await prisma().job.deleteMany()
  server.mails.length = 0
})

async function setUp() {
  const organization = await makeOrganization()
  const { user } = await makeMember(organization)
  return { organization, user, make: (name = 'crm-sync') => makeKey(organization, { name }) }
}

const mailsTo = ({ email }: { email: string }) => server.mails.filter(({ to }) => to === email)

const tokenIn = (text: string) => /\/notices\/off#([\w-]+)/.exec(text)?.[1] ?? ''

const fetchOff = (token: string, method = 'POST') =>
  noticeMails.fetch(
    new Request(`http://localhost:3000/api/notices/off?token=${token}`, {
      method,
      // As a mail program sends it, from nowhere of ours (RFC 8058, 3.2).
      ...(method === 'POST' && {
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: 'List-Unsubscribe=One-Click',
      }),
    }),
    { peer: { address: '203.0.113.9', https: false } },
  )

test('one click in a mail ends mails of its kinds, to its reader, and nothing else', async () => {
  const { user, make, organization } = await setUp()
  const other = await makeMember(organization)
  const { id } = await make()
  await tellAndMail()
  const token = tokenIn(mailsTo(user)[0]?.text ?? '')
  const choices = () => prisma().noticeChoice.findMany({ where: { user_id: { in: [user.id, other.user.id] } } })

  const looked = await fetchOff(token, 'GET')
  expect([looked.status, looked.headers.get('Location')]).toEqual([303, `http://localhost:3000/notices/off#${token}`])
  expect((await fetchOff(token, 'HEAD')).status).toBe(303)
  const look = await callDashboard(null, '/notice-mails/look', { method: 'POST', body: { token } })
  expect(await look.json()).toEqual({ email: user.email, kinds: ['key_created'] })
  expect(await choices()).toEqual([])

  for (let times = 0; times < 2; times++) expect((await fetchOff(token)).status).toBe(200)
  expect(await choices()).toEqual([{ user_id: user.id, kind: 'key_created', way: 'product' }])
  expect(await auditOf(user.id)).toMatchObject([
    { action: 'user.notices_chosen', actor_kind: 'stranger', after: { kinds: ['key_created'], way: 'product' } },
  ])
  await letMailsPass()
  await revokeKey(operator(organization), { id, leaked: false })
  await make('two')
  await tellAndMail()
  expect(mailsTo(user)[1]?.text).toContain('was revoked')
  expect(mailsTo(user)[1]?.text).not.toContain('API key two')
  expect(mailsTo(other.user)[1]?.text).toContain('API key two')
})

test('what somebody has turned off stays off', async () => {
  const { user } = await setUp()
  await prisma().$transaction((db) => choose(db, user.id, { kind: 'key_created', way: 'off' }))
  const token = sealEnd(user.id, ['key_created', 'key_revoked'])
  const reply = await callDashboard(null, '/notice-mails/off', { method: 'POST', body: { token } })
  expect(reply.status).toBe(204)
  const rows = await prisma().noticeChoice.findMany({ where: { user_id: user.id }, orderBy: { kind: 'asc' } })
  expect(rows.map(({ kind, way }) => [kind, way])).toEqual([
    ['key_created', 'off'],
    ['key_revoked', 'product'],
  ])
})

test('a link ends those of its kinds that there still are; without one it says that it is none', async () => {
  const { user } = await setUp()
  const end = (kinds: string[]) =>
    callDashboard(null, '/notice-mails/off', { method: 'POST', body: { token: sealEnd(user.id, kinds) } })
  expect(await outcomeOf(await end(['key_danced']))).toBe('not_found')
  expect((await end(['key_danced', 'key_created'])).status).toBe(204)
  const rows = await prisma().noticeChoice.findMany({ where: { user_id: user.id } })
  expect(rows.map(({ kind, way }) => [kind, way])).toEqual([['key_created', 'product']])
})

test('a link that was not sealed here ends nothing, and says so', async () => {
  const { user } = await setUp()
  const token = sealEnd(user.id, ['key_created'])
  const [mac, payload] = [token.slice(0, 22), token.slice(22)]
  const forged = Buffer.from(JSON.stringify([user.id, ['key_created', 'key_leaked']])).toString('base64url')
  for (const wrong of ['x', mac, `${mac}${forged}`, `A${token.slice(1)}`, `${token}=`, `${token}A`, payload]) {
    expect((await fetchOff(wrong)).status).toBe(404)
    const call = callDashboard(null, '/notice-mails/off', { method: 'POST', body: { token: wrong } })
    expect(await outcomeOf(await call)).toBe('not_found')
  }
  const broken = await fetchOff('%0d%0aSet-Cookie:%20a=%E6%97%A5', 'GET')
  const shown = 'http://localhost:3000/notices/off#%0D%0ASet-Cookie%3A%20a%3D%E6%97%A5'
  expect([broken.status, broken.headers.get('Location')]).toEqual([303, shown])
  expect((await fetchOff('')).status).toBe(422)
  expect((await fetchOff('x'.repeat(501))).status).toBe(422)
  expect((await fetchOff(token, 'DELETE')).status).toBe(405)
  expect(await prisma().noticeChoice.count({ where: { user_id: user.id } })).toBe(0)
  await prisma().user.delete({ where: { id: user.id } })
  expect((await fetchOff(token)).status).toBe(404)
})
