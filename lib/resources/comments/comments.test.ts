import { beforeEach, describe, expect, test } from 'vitest'
import type { ActingOrganization } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import type { TicketStatus } from '@/lib/kernel/db/generated/enums'
import type { Transaction } from '@/lib/kernel/db/transaction'
import { commentsContract } from '@/lib/resources/comments/contract'
import { ticketsContract } from '@/lib/resources/tickets/contract'
import { ask, refusal, send } from '@/lib/testing/ask'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeMember, makeOrganization, unusedId } from '@/lib/testing/fixtures'
import { overlap } from '@/lib/testing/overlap'

useTestDatabase()

const { create: comment, update, list } = commentsContract.operations
const tickets = ticketsContract.operations
let organization: ActingOrganization
let key = ''
let customer_id = ''
let member_id = ''
let ticket_id = ''
beforeEach(async () => {
  organization = await makeOrganization()
  key = (await makeKey(organization, { scopes: ['read:all', 'write:all'] })).key
  customer_id = (await contactOf(organization)).id
  member_id = (await makeMember(organization, 'member')).user.id
  ticket_id = (await ask(tickets.create, { key, body: { subject: 'Help', customer_id } })).id
})

const contactOf = ({ id }: { id: string }) =>
  prisma().contact.create({
    data: { organization_id: id, environment: 'live', email: `${unusedId()}@example.com` },
  })
const write = (body: object = {}) => ask(comment, { key, body: { ticket_id, body: 'Hello.', ...body } })
const ticket = () => ask(tickets.get, { key, params: { id: ticket_id } })
const move = (step: 'wait' | 'solve' | 'close') => ask(tickets[step], { key, params: { id: ticket_id } })
const typesOf = async (subject_id: string) => {
  const told = await prisma().activity.findMany({ where: { subject_id }, orderBy: [{ at: 'asc' }, { id: 'asc' }] })
  return told.map(({ type }) => type)
}
const setStatus = (status: TicketStatus) => (db: Transaction) =>
  db.ticket.update({ where: { id: ticket_id }, data: { status } })

describe('the first reply', () => {
  test('is the first public comment of a member, and no other comment', async () => {
    await write({ member_id, visibility: 'internal' })
    await write({ customer_id })
    await write({ customer_id, member_id })
    await write()
    expect((await ticket()).first_replied_at).toBeNull()
    const { created_at } = await write({ member_id })
    const { first_replied_at } = await ticket()
    expect(first_replied_at).toEqual(created_at)
    await write({ member_id })
    expect((await ticket()).first_replied_at).toEqual(first_replied_at)
  })

  test('is one, also where many members reply at the same time', async () => {
    const replies = await Promise.all(Array.from({ length: 8 }, () => write({ member_id })))
    const { first_replied_at } = await ticket()
    expect(replies.map(({ created_at }) => created_at)).toContainEqual(first_replied_at)
  })
})

describe('the last contact', () => {
  test('moves with what is said in public, and not with a note', async () => {
    const before = await ticket()
    await write({ visibility: 'internal' })
    expect(await ticket()).toEqual(before)
    const { created_at } = await write({ member_id })
    expect((await ticket()).last_contact_at).toEqual(created_at)
  })
})

describe('a comment of the customer', () => {
  test.each(['wait', 'solve'] as const)('opens a ticket again that waits or is solved (%s)', async (step) => {
    await move(step)
    await write({ member_id })
    expect(await ticket()).toMatchObject({ status: step === 'wait' ? 'pending' : 'solved' })
    await write({ customer_id })
    expect(await ticket()).toMatchObject({ status: 'open', solved_at: null })
    expect((await typesOf(ticket_id)).at(-1)).toBe('ticket.reopened')
  })

  test('leaves a new one new, and appends no reopening', async () => {
    await write({ customer_id })
    expect(await ticket()).toMatchObject({ status: 'new' })
    expect(await typesOf(ticket_id)).toEqual(['ticket.created'])
  })

  test('reopens once, also where many come at the same time', async () => {
    await move('solve')
    await Promise.all(Array.from({ length: 8 }, () => write({ customer_id })))
    const told = await typesOf(ticket_id)
    expect(told.filter((type) => type === 'ticket.reopened')).toHaveLength(1)
  })

  test('is never internal', async () => {
    const body = { ticket_id, body: 'x', customer_id, visibility: 'internal' }
    expect((await refusal(comment, { key, body })).errors).toMatchObject([{ path: 'visibility' }])
    expect((await ask(list, { key, query: { ticket_id } })).data).toEqual([])
  })

  test('is theirs also where a member took it down, and after the contact is gone', async () => {
    const { id, author } = await write({ customer_id, member_id })
    expect(author).toBe('customer')
    await prisma().contact.delete({ where: { id: customer_id } })
    const [seen] = (await ask(list, { key, query: { ticket_id } })).data
    expect(seen).toMatchObject({ id, author: 'customer', customer_id: null, member_id })
  })
})

describe('a closed ticket', () => {
  test('takes no comment, of nobody, and lets what stands there be corrected', async () => {
    const { id } = await write({ member_id })
    await move('solve')
    const closed = await move('close')
    for (const author of [{ customer_id }, { member_id }, {}, { visibility: 'internal' }]) {
      const problem = await refusal(comment, { key, body: { ticket_id, body: 'x', ...author } })
      expect(problem).toMatchObject({ status: 409, code: 'wrong_state' })
    }
    expect(await ticket()).toEqual(closed)
    expect(await ask(update, { key, params: { id }, body: { body: 'Corrected.' } })).toMatchObject({
      body: 'Corrected.',
    })
  })

  test('that is being closed refuses the comment that waits for it', async () => {
    await move('solve')
    const problem = await overlap(setStatus('closed'), () =>
      refusal(comment, { key, body: { ticket_id, body: 'x', customer_id } }),
    )
    expect(problem.code).toBe('wrong_state')
    expect((await ask(list, { key, query: { ticket_id } })).data).toEqual([])
  })

  test('is not made of a ticket that a customer’s comment is reopening', async () => {
    await move('solve')
    const problem = await overlap(setStatus('open'), () => refusal(tickets.close, { key, params: { id: ticket_id } }))
    expect(problem).toMatchObject({ code: 'wrong_state' })
    expect(await ticket()).toMatchObject({ status: 'open', closed_at: null })
  })

  test('and a customer’s comment at once are one after the other: closed without it, or open with it', async () => {
    for (let round = 0; round < 10; round++) {
      ticket_id = (await ask(tickets.create, { key, body: { subject: 'Help', customer_id } })).id
      await move('solve')
      const [closing, writing] = await Promise.all([
        send(tickets.close, { key, params: { id: ticket_id } }),
        send(comment, { key, body: { ticket_id, body: 'x', customer_id } }),
      ])
      const { status } = await ticket()
      const said = (await ask(list, { key, query: { ticket_id } })).data.length
      expect([
        [200, 409, 'closed', 0],
        [409, 201, 'open', 1],
      ]).toContainEqual([closing.status, writing.status, status, said])
    }
  })
})

describe('what a comment refers to', () => {
  test('is of the tenant: a ticket, a member or a contact from elsewhere is refused at its field', async () => {
    const other = await makeOrganization()
    const stranger = await makeKey(other, { scopes: ['write:all'] })
    const theirs = await ask(tickets.create, { key: stranger.key, body: { subject: 'Theirs' } })
    for (const wrong of [
      { ticket_id: theirs.id },
      { member_id: (await makeMember(other)).user.id },
      { customer_id: (await contactOf(other)).id },
    ]) {
      const problem = await refusal(comment, { key, body: { ticket_id, body: 'x', ...wrong } })
      expect(problem.errors?.map(({ path }) => path)).toEqual(Object.keys(wrong))
    }
    expect(await ticket()).toMatchObject({ first_replied_at: null })
    expect((await ask(list, { key })).data).toEqual([])
  })

  test('goes with its ticket', async () => {
    const { id } = await write()
    await prisma().ticket.delete({ where: { id: ticket_id } })
    expect(await prisma().comment.count({ where: { id } })).toBe(0)
  })
})

test('the list of comments is narrowed by each filter', async () => {
  await write({ body: 'of the customer', customer_id })
  const { updated_at } = await write({ body: 'of the member', member_id })
  const { id, created_at } = await write({ body: 'a note', visibility: 'internal' })
  const bodies = async (query: Record<string, string>) =>
    (await ask(list, { key, query: { sort: 'created_at', ...query } })).data.map(({ body }) => body)
  expect(await bodies({ ticket_id })).toEqual(['of the customer', 'of the member', 'a note'])
  expect(await bodies({ ticket_id: unusedId() })).toEqual([])
  expect(await bodies({ customer_id })).toEqual(['of the customer'])
  expect(await bodies({ member_id })).toEqual(['of the member'])
  expect(await bodies({ visibility: 'internal' })).toEqual(['a note'])
  expect(await bodies({ created_after: created_at.toISOString() })).toEqual([])
  await ask(update, { key, params: { id }, body: { body: 'a better note' } })
  expect(await bodies({ updated_after: updated_at.toISOString() })).toEqual(['a better note'])
})
