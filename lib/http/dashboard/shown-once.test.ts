import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { removeOldRecords } from '@/lib/kernel/idempotency/remove-old'
import { createdKey, type KeyShownOnce, keyShownOnce } from '@/lib/keys/contract'
import { callApi, callDashboard, outcomeOf, signInAs } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization } from '@/lib/testing/fixtures'

useTestDatabase()

async function setUp() {
  const organization = await makeOrganization()
  const member = await makeMember(organization)
  const cookie = await signInAs(member)
  const send = (once: string | null, body: unknown = NEW, path = '', by = cookie, slug = organization.slug) =>
    callDashboard(by, `/orgs/${slug}/keys${path}`, {
      method: 'POST',
      body,
      ...(once !== null && { headers: { 'Idempotency-Key': once } }),
    })
  const keys = () =>
    prisma().apiKey.findMany({ where: { organization_id: organization.id }, orderBy: { created_at: 'asc' } })
  return { organization, member, send, keys }
}

const NEW = { name: 'CRM', environment: 'live', scopes: ['contacts:read'] }

const read = async (reply: Response): Promise<KeyShownOnce> => {
  expect(reply.status).toBe(201)
  expect(reply.headers.get('Cache-Control')).toBe('no-store')
  return keyShownOnce.parse(await reply.json())
}

test('twelve equal requests at once make one key, whose secret one of them is told', async () => {
  const { send, keys } = await setUp()
  const once = randomUUID()
  const made = await Promise.all(Array.from({ length: 12 }, async () => read(await send(once))))
  const [row, ...others] = await keys()
  expect(others).toEqual([])
  expect(new Set(made.map(({ id }) => id))).toEqual(new Set([row?.id]))
  const secrets = made.flatMap(({ key }) => (key === null ? [] : [key]))
  expect(secrets).toHaveLength(1)
  expect(await outcomeOf(await callApi('/contacts', { key: secrets[0] ?? '' }))).toBe(200)
})

test('a repeated rotation tells which successor was made, and makes none', async () => {
  const { send, keys } = await setUp()
  const { id } = createdKey.parse(await (await send(null)).json())
  const once = randomUUID()
  const rotate = () => send(once, { grace_hours: 24 }, `/${id}/rotate`)
  const first = await read(await rotate())
  expect(await read(await rotate())).toEqual({ ...first, key: null })
  expect(await keys()).toHaveLength(2)
})

test('without an Idempotency-Key each request makes a key', async () => {
  const { send, keys } = await setUp()
  await send(null)
  await send(null)
  expect(await keys()).toHaveLength(2)
})

test('what the repeat is answered from holds no secret', async () => {
  const { member, send } = await setUp()
  const { key } = await read(await send(randomUUID()))
  const [record, ...others] = await prisma().idempotencyRecord.findMany({ where: { lineage_id: member.user.id } })
  expect(others).toEqual([])
  expect(record?.body).toContain('"key":null')
  expect(record?.body).not.toContain(key?.slice(14))
})

test('another body, action or organisation under the same key is refused, and makes nothing', async () => {
  const { member, send, keys } = await setUp()
  const elsewhere = await makeOrganization()
  await prisma().membership.create({
    data: { user_id: member.user.id, organization_id: elsewhere.id, role: 'admin', developer: true },
  })
  const once = randomUUID()
  const { id } = await read(await send(once))
  const others = [
    await send(once, { ...NEW, name: 'Other' }),
    await send(once, { grace_hours: 0 }, `/${id}/rotate`),
    await send(once, NEW, '', undefined, elsewhere.slug),
  ]
  for (const reply of others) expect(await outcomeOf(reply)).toBe('idempotency_conflict')
  expect(await keys()).toHaveLength(1)
  expect(await prisma().apiKey.count({ where: { organization_id: elsewhere.id } })).toBe(0)
})

test('the same key of another person is another request: nothing is told of the first', async () => {
  const { organization, send, keys } = await setUp()
  const colleague = await signInAs(await makeMember(organization))
  const once = randomUUID()
  const mine = await read(await send(once))
  const theirs = await read(await send(once, NEW, '', colleague))
  expect(theirs.id).not.toBe(mine.id)
  expect(theirs.key).not.toBeNull()
  expect(await keys()).toHaveLength(2)
})

test('what was refused is forgotten, so that it can be mended under the same key', async () => {
  const { send, keys } = await setUp()
  const once = randomUUID()
  expect(await outcomeOf(await send(once, { ...NEW, scopes: ['contacts:fly'] }))).toBe('invalid_scope')
  expect((await read(await send(once))).key).not.toBeNull()
  expect(await keys()).toHaveLength(1)
})

test('who may not make keys any more is told nothing of the one that was made', async () => {
  const { organization, member, send } = await setUp()
  const once = randomUUID()
  await send(once)
  const organization_id_user_id = { user_id: member.user.id, organization_id: organization.id }
  await prisma().membership.update({ where: { organization_id_user_id }, data: { role: 'member' } })
  expect(await outcomeOf(await send(once))).toBe('role_forbids')
})

test('a repeat a day later is another request, once the record has been removed or not', async () => {
  const { member, send, keys } = await setUp()
  const once = randomUUID()
  const age = () =>
    prisma().idempotencyRecord.updateMany({
      where: { lineage_id: member.user.id },
      data: { expires_at: new Date(Date.now() - 1) },
    })
  await send(once)
  await age()
  expect((await read(await send(once))).key).not.toBeNull()
  await age()
  await removeOldRecords()
  expect(await prisma().idempotencyRecord.count({ where: { lineage_id: member.user.id } })).toBe(0)
  expect((await read(await send(once))).key).not.toBeNull()
  expect(await keys()).toHaveLength(3)
})
