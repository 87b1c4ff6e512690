import { beforeEach, describe, expect, test } from 'vitest'
import type { ActingOrganization } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { conversionsContract } from '@/lib/resources/conversions/contract'
import { ask, refusal, send } from '@/lib/testing/ask'
import { callApi } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { hoursAway, makeKey, makeOrganization, unusedId } from '@/lib/testing/fixtures'

useTestDatabase()

const { create, list, get, delete: remove } = conversionsContract.operations
const scopes = ['conversions:read', 'conversions:write']

let organization: ActingOrganization
let key = ''
beforeEach(async () => {
  organization = await makeOrganization()
  key = (await makeKey(organization, { scopes })).key
})

const ORDER = { name: 'order', amount: 12_500, currency: 'EUR', external_id: 'order-1' }
const record = (body: object = ORDER, as = key) => send(create, { key: as, body })
const count = () => prisma().conversion.count({ where: { organization_id: organization.id } })

const makeContact = () =>
  prisma().contact.create({ data: { organization_id: organization.id, environment: 'live', email: 'ada@example.com' } })

describe('a conversion with an external_id', () => {
  test('is recorded once: whoever says the same again is answered with the row that there is', async () => {
    const { id: contact_id } = await makeContact()
    const occurred_at = hoursAway(-1).toISOString()
    const first = await record({ ...ORDER, contact_id, occurred_at })
    expect(first.status).toBe(201)
    const made = await first.json()
    expect(made).toMatchObject({ ...ORDER, contact_id, occurred_at, campaign_id: null })
    for (const body of [
      { ...ORDER, contact_id, occurred_at },
      { ...ORDER, contact_id },
    ]) {
      const again = await record(body)
      expect([again.status, await again.json(), again.headers.get('ETag')]).toEqual([
        200,
        made,
        first.headers.get('ETag'),
      ])
    }
    expect(await count()).toBe(1)
    const told = await prisma().activity.findMany({ where: { organization_id: organization.id } })
    expect(told).toMatchObject([{ type: 'conversion.created', contact_id, data: { name: 'order', amount: 12_500 } }])
  })

  test.each([
    ['name', 'upgrade'],
    ['amount', 12_501],
    ['currency', 'USD'],
    ['occurred_at', '2026-01-01T00:00:00Z'],
  ])('is refused where another %s is said, and names the one that there is', async (field, value) => {
    const { id } = await ask(create, { key, body: ORDER })
    const problem = await refusal(create, { key, body: { ...ORDER, [field]: value } })
    expect(problem).toMatchObject({ status: 409, code: 'already_exists', existing_id: id })
    expect(await count()).toBe(1)
  })

  test('recorded by twenty at once is one row, and all are told which', async () => {
    const replies = await Promise.all(Array.from({ length: 20 }, () => record()))
    expect(replies.map(({ status }) => status).toSorted()).toEqual([...Array(19).fill(200), 201])
    expect(new Set((await Promise.all(replies.map((reply) => reply.json()))).map(({ id }) => id)).size).toBe(1)
    expect(await count()).toBe(1)
  })

  test('is another one in the sandbox, in another organisation, and after it was deleted', async () => {
    const sandbox = (await makeKey(organization, { scopes, environment: 'test' })).key
    const other = (await makeKey(await makeOrganization(), { scopes })).key
    for (const as of [key, sandbox, other]) expect((await record(ORDER, as)).status).toBe(201)
    const { id } = await ask(create, { key, body: ORDER })
    expect((await send(remove, { key, params: { id } })).status).toBe(204)
    expect((await record()).status).toBe(201)
  })

  test('under one Idempotency-Key is answered as it was the first time', async () => {
    const call = { method: 'POST', key, body: ORDER, headers: { 'Idempotency-Key': 'a' } }
    const replies = [await callApi('/conversions', call), await callApi('/conversions', call)]
    expect(replies.map(({ status }) => status)).toEqual([201, 201])
    expect(replies[1]?.headers.get('X-Idempotency-Status')).toBe('cached')
  })
})

test('what is recorded without one is recorded each time, and says when by itself', async () => {
  const body = { name: 'sign-up' }
  const before = Date.now()
  for (let times = 0; times < 2; times++) expect((await record(body)).status).toBe(201)
  const { data } = await ask(list, { key })
  expect(data).toHaveLength(2)
  expect(data[0]).toMatchObject({ amount: null, currency: null, external_id: null })
  expect(Math.abs((data[0]?.occurred_at.getTime() ?? 0) - before)).toBeLessThan(10_000)
})

test.each([
  ['amount', { amount: -1 }],
  ['amount', { amount: 0.5 }],
  ['amount', { amount: 1_000_000_000_001 }],
  ['amount', { amount: '100' }],
  ['amount', { amount: undefined }],
  ['currency', { currency: undefined }],
  ['currency', { currency: null }],
  ['currency', { currency: 'eur' }],
  ['currency', { currency: 'EURO' }],
  ['currency', { currency: 'ABC' }],
  ['currency', { currency: 'XAU' }],
  ['occurred_at', { occurred_at: hoursAway(48).toISOString() }],
  ['occurred_at', { occurred_at: 'yesterday' }],
  ['external_id', { external_id: '' }],
  ['external_id', { external_id: ' a' }],
  ['external_id', { external_id: 'x'.repeat(201) }],
  ['contact_id', { contact_id: unusedId() }],
])('is refused at %s: %o', async (path, wrong) => {
  expect((await refusal(create, { key, body: { ...ORDER, ...wrong } })).errors).toMatchObject([{ path }])
  expect(await count()).toBe(0)
})

test('amounts are kept to the last digit, up to the largest', async () => {
  const body = { name: 'order', amount: 1_000_000_000_000, currency: 'JPY' }
  const { id, amount } = await ask(create, { key, body })
  expect([amount, (await ask(get, { key, params: { id } })).amount]).toEqual([body.amount, body.amount])
})
