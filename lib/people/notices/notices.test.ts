import { expect, test } from 'vitest'
import { DAY_MS, MINUTE_MS, SECOND_MS } from '@/lib/base/time'
import { prisma } from '@/lib/kernel/db/client'
import { networkOf } from '@/lib/keys/authenticate/networks'
import { flushPressures, recordPressure } from '@/lib/keys/authenticate/pressure'
import { createKey } from '@/lib/keys/life/create'
import { mintPlaygroundKey } from '@/lib/keys/life/playground/mint'
import { reactivateKey } from '@/lib/keys/life/revocation/reactivate'
import { revokeKey } from '@/lib/keys/life/revocation/revoke'
import { revokeKeys } from '@/lib/keys/life/revocation/revoke-many'
import { rotateKey } from '@/lib/keys/life/rotate'
import { callApi } from '@/lib/testing/call'
import { useOwnDatabase } from '@/lib/testing/database'
import { alterKey, keyInput, makeKey, makeMember, makeOrganization, operator } from '@/lib/testing/fixtures'
import { carryOutRound } from '@/lib/testing/jobs'
import { makeManyKeys } from '@/lib/testing/many-keys'
import { tellAll, toldTo } from '@/lib/testing/notices'
import { overlap } from '@/lib/testing/overlap'

// Each round looks at all keys, and the place up to which it has read is the database's.
useOwnDatabase()

async function setUp() {
  const organization = await makeOrganization({ plan: 'enterprise' })
  const admin = await makeMember(organization)
  return { organization, admin, ctx: operator(organization) }
}

/** A key that was made for so many days, of which so many are left. */
async function keyWithDaysLeft(organization: Parameters<typeof makeKey>[0], life: number, left: number) {
  const key = await makeKey(organization)
  const expires_at = new Date(Date.now() + left * DAY_MS)
  return alterKey(key.id, { expires_at, created_at: new Date(expires_at.getTime() - life * DAY_MS) })
}

const kinds = async (user_id: string) => (await toldTo(user_id)).map(({ kind }) => kind)
const reminders = async (user_id: string) => (await toldTo(user_id)).filter(({ kind }) => kind === 'key_expiring')

test('of a key’s expiry its people are reminded 30, 7 and 1 day before, of each once', async () => {
  const { organization, admin } = await setUp()
  const key = await keyWithDaysLeft(organization, 365, 30.1)
  const counts: number[] = []
  for (const left of [30.1, 29.9, 20, 7.1, 6.9, 1.1, 0.9, 0.1, -1]) {
    await alterKey(key.id, { expires_at: new Date(Date.now() + left * DAY_MS) })
    await tellAll()
    await tellAll()
    counts.push((await reminders(admin.user.id)).length)
  }
  expect(counts).toEqual([0, 1, 1, 1, 2, 2, 3, 3, 3])
})

test.each([
  ['made for 30 days, is not reminded of before 7', 30, 20, 0],
  ['made for 7 days, is not reminded of before 1', 7, 5, 0],
  ['made for a day, is not reminded of', 1, 0.5, 0],
  ['made for a year and first seen with 5 days left, is reminded of once', 365, 5, 1],
])('a key %s', async (_, life, left, expected) => {
  const { organization, admin } = await setUp()
  await keyWithDaysLeft(organization, life, left)
  await tellAll()
  await tellAll()
  expect((await reminders(admin.user.id)).flatMap(({ subjects }) => subjects)).toHaveLength(expected)
})

test('a key that is revoked or rotated, or may not be used at all, is not reminded of', async () => {
  const { organization, admin, ctx } = await setUp()
  const keys = [await keyWithDaysLeft(organization, 90, 6), await keyWithDaysLeft(organization, 90, 6)]
  await revokeKey(ctx, { id: keys[0]?.id ?? '', leaked: false })
  await rotateKey(ctx, { id: keys[1]?.id ?? '', grace_hours: 24 })
  const off = await setUp()
  await keyWithDaysLeft(off.organization, 90, 6)
  await prisma().organization.update({ where: { id: off.organization.id }, data: { developer_api: false } })
  await tellAll()
  expect([...(await reminders(admin.user.id)), ...(await reminders(off.admin.user.id))]).toEqual([])
})

test('ten thousand keys that expire on one day are one notice, however far apart in it they do', async () => {
  const { organization, admin } = await setUp()
  await makeManyKeys({ organization_id: organization.id, count: 10_000 })
  // The first of them is just due, the others within the rest of its day.
  await prisma().$executeRaw`
    WITH due AS (SELECT now() + interval '7 days' - interval '1 minute' AS first)
    UPDATE api_keys SET created_at = now() - interval '80 days', revoked_at = NULL, rotated_at = NULL, retires_at = NULL,
      expires_at = first + (date_trunc('day', first, 'UTC') + interval '1 day' - first) * (substr(name, 5)::int - 1) / 10000
    FROM due WHERE organization_id = ${organization.id}::uuid`
  await tellAll()
  await tellAll()
  const told = await reminders(admin.user.id)
  expect(told.map(({ title, more, subjects }) => [title.slice(0, 22), more + subjects.length])).toEqual([
    ['10,000 API keys expire', 10_000],
  ])
}, 60_000)

test('two rounds at once tell of each thing once', async () => {
  const { organization, admin } = await setUp()
  await keyWithDaysLeft(organization, 90, 6)
  await Promise.all(
    Array.from({ length: 6 }, async (_, index) => carryOutRound(index % 2 ? 'notices.look' : 'notices.remind')),
  )
  await tellAll()
  expect(await reminders(admin.user.id)).toHaveLength(1)
  expect((await kinds(admin.user.id)).filter((kind) => kind === 'key_created')).toHaveLength(1)
})

test('a round that waited for another goes on where that one has come to, however far, and loses no news', async () => {
  const { organization, admin } = await setUp()
  await tellAll()
  await overlap(
    (db) => db.$queryRaw`SELECT FROM notice_relay FOR UPDATE`,
    () => carryOutRound('notices.look'),
    async (db) => {
      for (let others = 0; others < 3; others++) await prisma().$queryRaw`SELECT pg_current_xact_id()::text`
      await db.$executeRaw`UPDATE notice_relay SET read_to = pg_snapshot_xmax(pg_current_snapshot())`
      await makeKey(organization)
    },
  )
  await tellAll()
  expect(await kinds(admin.user.id)).toEqual(['key_created'])
})

test('whatever is done to a key is told, by whom and once; a rotation is one thing', async () => {
  const { organization, admin } = await setUp()
  const key = await createKey(admin.ctx, keyInput({ name: 'crm-sync' }))
  await tellAll()
  await revokeKey(admin.ctx, { id: key.id, reason: 'Not used', leaked: false })
  await tellAll()
  await reactivateKey(admin.ctx, { id: key.id })
  await tellAll()
  const successor = await rotateKey(operator(organization), { id: key.id, grace_hours: 1 })
  await tellAll()
  await revokeKey(admin.ctx, { id: key.id, leaked: true })
  await tellAll()
  const by = admin.user.email
  const told = await toldTo(admin.user.id)
  expect(told.map(({ title }) => title)).toEqual([
    `The API key crm-sync was created by ${by}`,
    `The API key crm-sync was revoked by ${by}`,
    `The API key crm-sync was reactivated by ${by}`,
    'The API key crm-sync was rotated by tests',
    `The API key crm-sync was revoked as leaked by ${by}`,
  ])
  expect(told[1]?.subjects[0]?.text).toBe(`crm-sync (${key.key_prefix}, live): “Not used”`)
  expect(told[3]?.subjects[0]?.text).toContain(`its successor is ${successor.key_prefix}, and this one works until`)
  expect(JSON.stringify(told)).not.toContain(key.key)
})

test('what is done to many keys at once is told in one notice', async () => {
  const { organization, admin } = await setUp()
  const ids: string[] = []
  for (let count = 0; count < 25; count++) ids.push((await makeKey(organization)).id)
  await tellAll()
  await revokeKeys(admin.ctx, { ids, leaked: false })
  await tellAll()
  const last = (await toldTo(admin.user.id)).at(-1)
  expect(last?.title).toBe(`25 API keys were revoked by ${admin.user.email}`)
  expect([last?.subjects.length, last?.more]).toEqual([20, 5])
})

test('a great deal that has happened is told of in portions, all of it', async () => {
  const { organization, admin } = await setUp()
  await tellAll()
  // One transaction that alone is more than a portion, and many small ones.
  for (const count of [2_500, ...Array<number>(25).fill(100)]) {
    await prisma().$executeRaw`
      INSERT INTO audit_entries (id, organization_id, action, actor_kind, actor_label, target_kind, target_id, target_label)
      SELECT gen_random_uuid(), ${organization.id}::uuid, 'api_key.created', 'operator', 'tests', 'api_key', gen_random_uuid(), 'lk_live_000000'
      FROM generate_series(1, ${count}::int)`
  }
  await tellAll()
  const told = await toldTo(admin.user.id)
  expect(told.map(({ subjects, more }) => subjects.length + more)).toEqual([2_500, 2_000, 500])
})

test('nobody is told of a playground key', async () => {
  const { admin } = await setUp()
  const { id } = await mintPlaygroundKey(admin.ctx, { resource: 'contacts' })
  await revokeKey(admin.ctx, { id, leaked: false })
  await tellAll()
  expect(await toldTo(admin.user.id)).toEqual([])
})

test('Admins are told of all keys, whoever made one of that one, and nobody else of any', async () => {
  const { organization, admin } = await setUp()
  const maker = await makeMember(organization, 'read_only_admin')
  const other = await makeMember(organization, 'read_only_admin')
  const demoted = await makeMember(organization, 'read_only_admin')
  const stranger = await setUp()
  const { id } = await createKey(maker.ctx, keyInput({ scopes: ['contacts:read'] }))
  await createKey(demoted.ctx, keyInput({ scopes: ['contacts:read'] }))
  await prisma().membership.updateMany({ where: { user_id: demoted.user.id }, data: { developer: false } })
  await tellAll()
  await revokeKey(admin.ctx, { id, leaked: false })
  await tellAll()
  expect(await kinds(admin.user.id)).toEqual(['key_created', 'key_created', 'key_revoked'])
  expect(await kinds(maker.user.id)).toEqual(['key_created', 'key_revoked'])
  for (const { user } of [other, demoted, stranger.admin]) expect(await toldTo(user.id)).toEqual([])
})

test.each([
  ['203.0.113.7', '203.0.113.0/24'],
  ['::ffff:203.0.113.7', '203.0.113.0/24'],
  ['2001:db8:1:2::7', '2001:db8:1::/48'],
])('%s belongs to %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})

test('the first use of a key from each later network is told once; the first network is what the others differ from', async () => {
  const { organization, admin } = await setUp()
  const { key } = await makeKey(organization)
  const callFrom = async (...addresses: string[]) => {
    for (const address of addresses) expect((await callApi('/me', { key, peer: { address } })).status).toBe(200)
    await tellAll()
  }
  const networks = async () =>
    (await toldTo(admin.user.id)).flatMap(({ kind, subjects }) =>
      kind === 'key_network' ? subjects.map(({ text }) => /from (\S+)/.exec(text)?.[1]) : [],
    )
  await callFrom('203.0.113.7', '203.0.113.200')
  expect(await networks()).toEqual([])
  // Within the same half of a second as its usual calls.
  await callFrom('203.0.113.7', '198.51.100.1', '203.0.113.7')
  expect(await networks()).toEqual(['198.51.100.0/24'])
  await callFrom('198.51.100.2', '2001:db8:1:2::7', '2001:db8:1:3::8')
  await callFrom('198.51.100.3', '203.0.113.7')
  expect(await networks()).toEqual(['198.51.100.0/24', '2001:db8:1::/48'])
})

test('a key that is used from several new networks at once is told of as one key', async () => {
  const { organization, admin } = await setUp()
  const [one, two] = [await makeKey(organization, { name: 'crm-sync' }), await makeKey(organization)]
  const callFrom = async ({ key }: { key: string }, ...addresses: string[]) => {
    for (const address of addresses) expect((await callApi('/me', { key, peer: { address } })).status).toBe(200)
  }
  const last = async () => {
    await tellAll()
    return (await toldTo(admin.user.id)).at(-1)
  }
  await callFrom(one, '203.0.113.7')
  await callFrom(two, '203.0.113.7')
  await tellAll()
  await callFrom(one, '198.51.100.1', '192.0.2.1')
  const alone = await last()
  expect(alone).toMatchObject({ title: 'The API key crm-sync was used from 2 new networks', more: 0 })
  expect([alone?.subjects.length, alone?.path.endsWith(one.id)]).toEqual([2, true])
  await callFrom(one, ...Array.from({ length: 30 }, (_, network) => `10.0.${network}.1`))
  await callFrom(two, '198.51.100.1')
  const both = await last()
  expect(both).toMatchObject({ title: '2 API keys were used from new networks', more: 11 })
})

test('a key that is used from everywhere is noted with a hundred networks, and no more', async () => {
  const { organization } = await setUp()
  const { id, key } = await makeKey(organization)
  for (let network = 0; network < 130; network++) {
    await callApi('/me', { key, peer: { address: `10.0.${network}.1` } })
    if (network % 50 === 49) await tellAll()
  }
  await tellAll()
  const count = await prisma().keyNetwork.count({ where: { key_id: id } })
  expect(count).toBeGreaterThanOrEqual(100)
  // Those of one write are counted together.
  await callApi('/me', { key, peer: { address: '192.0.2.1' } })
  await tellAll()
  expect(await prisma().keyNetwork.count({ where: { key_id: id } })).toBe(count)
})

test('a key that is close to its limit for five minutes without a pause is told of, once a day', async () => {
  const { organization, admin } = await setUp()
  const [held, paused] = [
    await makeKey(organization, { name: 'held' }),
    await makeKey(organization, { name: 'paused' }),
  ]
  const now = Date.now()
  const used = (key: { id: string }, percent: number, secondsAgo: number) => {
    const window = { limit: 100, remaining: 100 - percent, reset_at: new Date(now), retry_after: null }
    recordPressure(key.id, new Date(now - secondsAgo * SECOND_MS), window)
    return flushPressures()
  }
  const told = async () => {
    await tellAll()
    const notices = (await toldTo(admin.user.id)).filter(({ kind }) => kind === 'key_limit')
    return notices.flatMap(({ subjects }) => subjects.map(({ text }) => text.split(' ')[0]))
  }
  for (const ago of [290, 230, 170, 110, 50, 1]) await used(held, 80, ago)
  // Less than that is a pause too, once it has lasted for longer than what was used counts.
  for (const ago of [310, 250, 190, 60, 1]) await used(paused, 95, ago)
  for (const ago of [150, 120, 100]) await used(paused, 79, ago)
  expect(await told()).toEqual([])
  await used(held, 100, -11)
  expect(await told()).toEqual(['held'])
  await used(held, 100, -12)
  expect(await told()).toEqual(['held'])
  const yesterday = new Date(now - DAY_MS - MINUTE_MS)
  await prisma().keyPressure.update({ where: { key_id: held.id }, data: { told_at: yesterday } })
  expect(await told()).toEqual(['held', 'held'])
})
