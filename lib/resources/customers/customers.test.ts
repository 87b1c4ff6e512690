import { beforeEach, describe, expect, test } from 'vitest'
import type { ActingOrganization } from '@/lib/kernel/actors/context'
import { pool, prisma } from '@/lib/kernel/db/client'
import { commentsContract } from '@/lib/resources/comments/contract'
import { contactsContract } from '@/lib/resources/contacts/contract'
import { customersContract } from '@/lib/resources/customers/contract'
import { ticketsContract } from '@/lib/resources/tickets/contract'
import { ask, refusal, send } from '@/lib/testing/ask'
import { callApi } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization, unusedId } from '@/lib/testing/fixtures'
import { statementsOf } from '@/lib/testing/statements'

useTestDatabase()

const { list, get } = customersContract.operations
const tickets = ticketsContract.operations
let organization: ActingOrganization
let key = ''
beforeEach(async () => {
  organization = await makeOrganization()
  key = (await makeKey(organization, { scopes: ['admin'] })).key
})

const contact = async (email = `${unusedId()}@example.com`) =>
  (await ask(contactsContract.operations.create, { key, body: { email, first_name: 'Ada' } })).id
const ticketOf = (customer_id: string | null) => ask(tickets.create, { key, body: { subject: 'Help', customer_id } })
const customer = (id: string) => ask(get, { key, params: { id } })
const customers = async (query: Record<string, string> = {}) =>
  (await ask(list, { key, query })).data.map(({ id }) => id)

describe('a customer', () => {
  test('comes with a first ticket, and goes with the last', async () => {
    const id = await contact()
    expect((await refusal(get, { key, params: { id } })).code).toBe('not_found')
    const ticket = await ticketOf(id)
    expect(await customer(id)).toMatchObject({
      id,
      first_name: 'Ada',
      ticket_count: 1,
      open_ticket_count: 1,
      last_contact_at: ticket.created_at,
    })
    await send(tickets.delete, { key, params: { id: ticket.id } })
    expect((await refusal(get, { key, params: { id } })).code).toBe('not_found')
  })

  test('goes with the contact, whose tickets stay', async () => {
    const id = await contact()
    const ticket = await ticketOf(id)
    await ticketOf(id)
    await send(contactsContract.operations.delete, { key, params: { id } })
    expect(await customers()).toEqual([])
    expect(await prisma().customer.count({ where: { id } })).toBe(0)
    expect(await ask(tickets.get, { key, params: { id: ticket.id } })).toMatchObject({ customer_id: null })
  })

  test('has the counts and the last contact of the tickets that are theirs now', async () => {
    const [from, to] = [await contact(), await contact()]
    const first = await ticketOf(from)
    const second = await ticketOf(from)
    await ask(tickets.solve, { key, params: { id: second.id } })
    expect(await customer(from)).toMatchObject({ ticket_count: 2, open_ticket_count: 1 })
    await ask(tickets.update, { key, params: { id: second.id }, body: { customer_id: to } })
    expect(await customer(from)).toMatchObject({ ticket_count: 1, last_contact_at: first.created_at })
    expect(await customer(to)).toMatchObject({ ticket_count: 1, open_ticket_count: 0 })
    const body = { ticket_id: second.id, body: 'Again.', customer_id: to }
    const { created_at } = await ask(commentsContract.operations.create, { key, body })
    expect(await customer(to)).toMatchObject({ open_ticket_count: 1, last_contact_at: created_at })
  })

  test('has another ETag whenever anything in the reply is another', async () => {
    const id = await contact()
    const { id: ticket } = await ticketOf(id)
    const etag = async () => (await send(get, { key, params: { id } })).headers.get('ETag') ?? ''
    const seen = [await etag()]
    await ask(contactsContract.operations.update, { key, params: { id }, body: { first_name: 'Grace' } })
    seen.push(await etag())
    await ask(tickets.solve, { key, params: { id: ticket } })
    seen.push(await etag())
    expect(new Set(seen).size).toBe(3)
    const again = await callApi(`/customers/${id}`, { key, headers: { 'If-None-Match': seen.at(-1) ?? '' } })
    expect(again.status).toBe(304)
  })
})

test('counts are right after any changes at once', async () => {
  const ids = [await contact(), await contact(), await contact()]
  const made = await Promise.all(Array.from({ length: 12 }, (_, index) => ticketOf(ids[index % 3] ?? null)))
  await Promise.all(
    made.flatMap(({ id }, index) => [
      send(tickets.update, { key, params: { id }, body: { customer_id: ids[(index + 1) % 3] } }),
      ...(index % 2 === 0 ? [send(tickets.solve, { key, params: { id } })] : []),
      ...(index % 4 === 0 ? [send(tickets.delete, { key, params: { id } })] : []),
    ]),
  )
  for (const id of ids) {
    const theirs = await prisma().ticket.findMany({ where: { customer_id: id } })
    expect(await customer(id)).toMatchObject({
      ticket_count: theirs.length,
      open_ticket_count: theirs.filter(({ status }) => status !== 'solved').length,
    })
  }
})

test('customers are sorted by last contact and by open tickets, and found by email and last contact', async () => {
  const [one, other] = [await contact('one@example.com'), await contact()]
  const { created_at } = await ticketOf(one)
  await ticketOf(one)
  await ticketOf(other)
  await ticketOf(null)
  expect(await customers()).toEqual([other, one])
  expect(await customers({ sort: '-open_ticket_count' })).toEqual([one, other])
  const page = await ask(list, { key, query: { sort: '-open_ticket_count', limit: '1' } })
  const rest = { sort: '-open_ticket_count', limit: '1', cursor: page.next_cursor ?? '' }
  expect(await customers(rest)).toEqual([other])
  expect(await customers({ email: 'ONE@example.com' })).toEqual([one])
  expect(await customers({ last_contact_before: created_at.toISOString() })).toEqual([])
  expect(await customers({ last_contact_after: created_at.toISOString() })).toEqual([other, one])
})

test.each(['-last_contact_at', '-open_ticket_count'])(
  'the list sorted by %s is read from an index, not sorted',
  async (sort) => {
    const { id } = organization
    await prisma().$executeRaw`
    INSERT INTO contacts (id, organization_id, environment, email)
    SELECT gen_random_uuid(), ${id}::uuid, 'live', n || '@example.com' FROM generate_series(1, 5000) n`
    await prisma().$executeRaw`
    INSERT INTO tickets (id, organization_id, environment, number, subject, customer_id, last_contact_at)
    SELECT gen_random_uuid(), c.organization_id, c.environment, row_number() OVER (), 'Help', c.id,
      now() - row_number() OVER () * interval '1 minute' FROM contacts c WHERE c.organization_id = ${id}::uuid`
    await prisma().$executeRaw`ANALYZE customers, contacts`
    const sent = await statementsOf(() => customers({ sort }))
    const listing = sent.find(({ text }) => text.includes('FROM customers k'))
    const { rows } = await pool().query(`EXPLAIN ${listing?.text}`, listing?.values)
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(plan).toContain(`customers_organization_id_environment_${sort.slice(1)}_id_idx`)
    expect(plan).not.toMatch(/Sort|Seq Scan/)
  },
)
