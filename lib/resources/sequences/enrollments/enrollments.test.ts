import { beforeEach, describe, expect, test } from 'vitest'
import type { ActingOrganization } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import type { Transaction } from '@/lib/kernel/db/transaction'
import { sequencesContract } from '@/lib/resources/sequences/contract'
import { ask, refusal, send } from '@/lib/testing/ask'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization, unusedId } from '@/lib/testing/fixtures'
import { overlap } from '@/lib/testing/overlap'
import { countStatements } from '@/lib/testing/statements'

useTestDatabase()

const operations = sequencesContract.operations
const { enroll, enrollMany, listEnrollments, getEnrollment, unenroll } = operations
let organization: ActingOrganization
let key = ''
let id = ''
beforeEach(async () => {
  organization = await makeOrganization()
  key = (await makeKey(organization, { scopes: ['sequences:read', 'sequences:write'] })).key
  id = (await makeSequence()).id
})

const makeSequence = () =>
  ask(operations.create, { key, body: { name: 'Welcome', steps: [{ kind: 'wait', hours: 1 }] } })

const tenantOf = ({ id }: { id: string }, environment: 'live' | 'test' = 'live') => ({
  organization_id: id,
  environment,
})

const makeContacts = (count: number, tenant = tenantOf(organization), domain = 'example.com') =>
  prisma().contact.createManyAndReturn({
    data: Array.from({ length: count }, () => ({ ...tenant, email: `${unusedId()}@${domain}` })),
  })
async function makeContact(tenant = tenantOf(organization), domain?: string) {
  const [contact] = await makeContacts(1, tenant, domain)
  if (!contact) throw new Error('No contact was made.')
  return contact
}
const exclude = (value: string, kind: 'email' | 'domain' = 'domain') =>
  prisma().exclusion.create({ data: { ...tenantOf(organization), kind, value } })

const sent = (contact_id: string) => ({ key, params: { id }, body: { contact_id } })
const historyOf = async (contact_id: string) =>
  (await prisma().activity.findMany({ where: { contact_id }, orderBy: [{ at: 'asc' }, { id: 'asc' }] })).map(
    ({ type, data }) => ({ type, data }),
  )

describe('enrolling a contact', () => {
  test('puts it at the first step, and tells its history', async () => {
    const contact = await makeContact()
    const enrollment = await ask(enroll, sent(contact.id))
    expect(enrollment).toMatchObject({
      sequence_id: id,
      contact_id: contact.id,
      status: 'active',
      current_step: 1,
      ended_at: null,
    })
    const params = { id, enrollment_id: enrollment.id }
    expect(await ask(getEnrollment, { key, params })).toEqual(enrollment)
    const data = { sequence_id: id, enrollment_id: enrollment.id }
    expect(await historyOf(contact.id)).toEqual([{ type: 'contact.enrolled', data }])
  })

  test('is refused while it is enrolled here, naming the enrollment; other sequences are open', async () => {
    const contact = await makeContact()
    const { id: existing_id } = await ask(enroll, sent(contact.id))
    expect(await refusal(enroll, sent(contact.id))).toMatchObject({ status: 409, code: 'already_exists', existing_id })
    const { id: other } = await makeSequence()
    expect(await ask(enroll, { ...sent(contact.id), params: { id: other } })).toMatchObject({ sequence_id: other })
    expect(await historyOf(contact.id)).toHaveLength(2)
  })

  test('many times at once enrolls it once, and tells all others which enrollment that is', async () => {
    const contact = await makeContact()
    const replies = await Promise.all(Array.from({ length: 20 }, () => send(enroll, sent(contact.id))))
    const bodies = await Promise.all(replies.map((reply) => reply.json()))
    const made = bodies.filter((_, index) => replies[index]?.status === 201)
    expect(made).toHaveLength(1)
    expect(bodies.filter(({ existing_id }) => existing_id === made[0].id)).toHaveLength(19)
    expect(await historyOf(contact.id)).toHaveLength(1)
  })

  test('is refused where it is excluded, by email or domain, naming the rule', async () => {
    const contact = await makeContact(undefined, 'eu.example.com')
    const domain = await exclude('example.com')
    expect(await refusal(enroll, sent(contact.id))).toMatchObject({
      status: 409,
      code: 'contact_excluded',
      detail: `${contact.email} is excluded by the rule for the domain example.com.`,
      existing_id: domain.id,
    })
    await exclude(contact.email, 'email')
    const { detail } = await refusal(enroll, sent(contact.id))
    expect(detail).toBe(`${contact.email} is excluded by the rule for the email ${contact.email}.`)
    expect(await historyOf(contact.id)).toEqual([])
  })

  test('is refused at the field where there is no such contact in the tenant', async () => {
    const others = [
      unusedId(),
      (await makeContact(tenantOf(await makeOrganization()))).id,
      (await makeContact(tenantOf(organization, 'test'))).id,
    ]
    for (const other of others) {
      expect((await refusal(enroll, sent(other))).errors).toEqual([
        { path: 'contact_id', message: 'There is no such contact.' },
      ])
    }
  })

  test('is refused by a sequence that is not active', async () => {
    const contact = await makeContact()
    for (const verb of ['pause', 'archive'] as const) {
      await ask(operations[verb], { key, params: { id } })
      expect((await refusal(enroll, sent(contact.id))).code).toBe('wrong_state')
      const body = { contact_ids: [contact.id] }
      expect((await refusal(enrollMany, { key, params: { id }, body })).code).toBe('wrong_state')
    }
  })

  test('waits for an archiving or a deletion that is under way, and then is refused', async () => {
    const contact = await makeContact()
    const archived = await overlap(
      (db) => db.sequence.update({ where: { id }, data: { status: 'archived' } }),
      () => refusal(enroll, sent(contact.id)),
    )
    expect(archived.code).toBe('wrong_state')
    id = (await makeSequence()).id
    const deleted = await overlap(
      (db) => db.contact.delete({ where: { id: contact.id } }),
      () => refusal(enroll, sent(contact.id)),
    )
    expect(deleted.errors).toMatchObject([{ path: 'contact_id' }])
  })
})

describe('enrolling many', () => {
  const bulk = (contact_ids: string[]) => ask(enrollMany, { key, params: { id }, body: { contact_ids } })

  test('tells what became of each, in their order', async () => {
    const [fresh, earlier, second] = await makeContacts(3)
    const excluded = await makeContact(undefined, 'example.org')
    const rule = await exclude('example.org')
    const foreign = await makeContact(tenantOf(await makeOrganization()))
    const nobody = unusedId()
    const { id: existing } = await ask(enroll, sent(earlier?.id ?? ''))
    const ids = [nobody, fresh, earlier, excluded, fresh, foreign, second, nobody].map((row) =>
      typeof row === 'string' ? row : (row?.id ?? ''),
    )
    const { data } = await bulk(ids.map((one, index) => (index === 1 ? one.toUpperCase() : one)))
    expect(data.map((item) => item.id)).toEqual(ids)
    expect(data.map(({ result }) => result)).toEqual([
      'not_found',
      'enrolled',
      'already_enrolled',
      'excluded',
      'already_enrolled',
      'not_found',
      'enrolled',
      'not_found',
    ])
    expect(data[2]?.enrollment_id).toBe(existing)
    expect(data[4]?.enrollment_id).toBe(data[1]?.enrollment_id)
    expect(data[3]).toMatchObject({ enrollment_id: null, exclusion_id: rule.id })
    expect(data[0]).toMatchObject({ enrollment_id: null, exclusion_id: null })
    expect(await prisma().enrollment.count({ where: { sequence_id: id } })).toBe(3)
    expect(await historyOf(fresh?.id ?? '')).toHaveLength(1)
  })

  test.each([
    ['none', 'contact_ids', 0],
    ['a hundred and one', 'contact_ids', 101],
  ])('is refused for %s', async (_, path, count) => {
    const body = { contact_ids: Array.from({ length: count }, unusedId) }
    expect((await refusal(enrollMany, { key, params: { id }, body })).errors).toMatchObject([{ path }])
  })

  test('is refused where an id is none', async () => {
    const body = { contact_ids: [unusedId(), '1'] }
    const { errors } = await refusal(enrollMany, { key, params: { id }, body })
    expect(errors).toMatchObject([{ path: 'contact_ids.1' }])
  })

  test('takes as many statements for a hundred as for one', async () => {
    const counts: number[] = []
    for (const count of [1, 100]) {
      const [earlier] = await makeContacts(1)
      await ask(enroll, sent(earlier?.id ?? ''))
      const ids = [earlier, ...(await makeContacts(count - 1 || 1))].slice(0, 100).map((contact) => contact?.id ?? '')
      counts.push(await countStatements(() => bulk(ids)))
    }
    expect(counts[0]).toBe(counts[1])
  })

  test('at once with the same contacts enrolls each once', async () => {
    const ids = (await makeContacts(60)).map((contact) => contact.id)
    const replies = await Promise.all(Array.from({ length: 8 }, () => bulk(ids)))
    const results = replies.flatMap(({ data }) => data)
    expect(results.filter(({ result }) => result === 'enrolled')).toHaveLength(60)
    expect(results.filter(({ result }) => result === 'already_enrolled')).toHaveLength(420)
    expect(results.every(({ enrollment_id }) => enrollment_id)).toBe(true)
  })

  test('in one order, whatever order they come in, so that two calls never wait in a circle', async () => {
    const [low = '', high = ''] = (await makeContacts(2)).map((contact) => contact.id).sort()
    const enrollFirst = (contact_id: string) => (db: Transaction) =>
      db.enrollment.create({ data: { ...tenantOf(organization), sequence_id: id, contact_id } })
    const { data } = await overlap(enrollFirst(low), () => bulk([high, low]), enrollFirst(high))
    expect(data.map(({ result }) => result)).toEqual(['already_enrolled', 'already_enrolled'])
  })
})

describe('removing a contact', () => {
  test('ends the enrollment, keeps it, and lets the contact be enrolled again', async () => {
    const contact = await makeContact()
    const enrollment = await ask(enroll, sent(contact.id))
    const params = { id, enrollment_id: enrollment.id }
    const ended = await ask(unenroll, { key, params })
    expect(ended).toMatchObject({ id: enrollment.id, status: 'removed', current_step: 1 })
    expect(ended.ended_at).not.toBeNull()
    expect(await ask(getEnrollment, { key, params })).toEqual(ended)
    expect(await refusal(unenroll, { key, params })).toMatchObject({ status: 409, code: 'wrong_state' })
    await ask(enroll, sent(contact.id))
    const told = await historyOf(contact.id)
    expect(told.map(({ type }) => type)).toEqual(['contact.enrolled', 'contact.unenrolled', 'contact.enrolled'])
  })

  test('happens once, also where many do it at the same time', async () => {
    const contact = await makeContact()
    const { id: enrollment_id } = await ask(enroll, sent(contact.id))
    const params = { id, enrollment_id }
    const replies = await Promise.all(Array.from({ length: 8 }, () => send(unenroll, { key, params })))
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await historyOf(contact.id)).toHaveLength(2)
  })

  test('finds no enrollment of another sequence', async () => {
    const contact = await makeContact()
    const { id: enrollment_id } = await ask(enroll, sent(contact.id))
    const params = { id: (await makeSequence()).id, enrollment_id }
    expect((await refusal(unenroll, { key, params })).code).toBe('not_found')
    expect((await refusal(getEnrollment, { key, params })).code).toBe('not_found')
  })
})

describe('the list of enrollments', () => {
  test('is that of the sequence, narrowed by status and contact', async () => {
    const contacts = await makeContacts(3)
    const [first, second, third] = contacts.map((contact) => contact.id)
    const enrolled = []
    for (const contact of contacts) enrolled.push(await ask(enroll, sent(contact.id)))
    await ask(unenroll, { key, params: { id, enrollment_id: enrolled[1]?.id ?? '' } })
    const { id: other } = await makeSequence()
    await ask(enroll, { ...sent(first ?? ''), params: { id: other } })
    const seen = async (query: Record<string, string>) =>
      (await ask(listEnrollments, { key, params: { id }, query })).data.map(({ contact_id }) => contact_id)
    expect(await seen({})).toEqual([third, second, first])
    expect(await seen({ sort: 'enrolled_at' })).toEqual([first, second, third])
    expect(await seen({ status: 'active' })).toEqual([third, first])
    expect(await seen({ status: 'removed' })).toEqual([second])
    expect(await seen({ status: 'completed' })).toEqual([])
    expect(await seen({ contact_id: first ?? '' })).toEqual([first])
  })

  test('is not there where there is no such sequence', async () => {
    expect((await refusal(listEnrollments, { key, params: { id: unusedId() } })).code).toBe('not_found')
  })

  test('takes as many statements for many as for one', async () => {
    const list = () => countStatements(() => ask(listEnrollments, { key, params: { id } }))
    const contacts = await makeContacts(20)
    await ask(enroll, sent(contacts[0]?.id ?? ''))
    const one = await list()
    await ask(enrollMany, { key, params: { id }, body: { contact_ids: contacts.map((contact) => contact.id) } })
    expect(await list()).toBe(one)
  })
})
