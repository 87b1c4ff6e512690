import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { callApi } from '@/lib/testing/call'
import { useOwnDatabase } from '@/lib/testing/database'
import { useEnvironment } from '@/lib/testing/environment'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'
import { carryOutJobs, carryOutRound } from '@/lib/testing/jobs'
import { startMailServer } from '@/lib/testing/mail-server'

useOwnDatabase()

const server = await startMailServer()
afterAll(() => server.stop())
useEnvironment(() => ({ SMTP_URL: server.url, MAIL_FROM: 'Latchkey <keys@example.com>' }))
beforeEach(async () => {
  server.mails.length = 0
  await prisma().job.deleteMany()
})

const scopes = ['sequences:read', 'sequences:write', 'contacts:write', 'contacts:delete', 'exclusions:write']
const EMAIL = { kind: 'email', subject: 'Welcome', body: 'Good to have you.' }
const WAIT = { kind: 'wait', hours: 48 }
const TASK = { kind: 'task', title: 'Call them' }

/** A sequence with contacts on their way through it. */
async function enrolled(steps: object[], { environment = 'live', many = 1 }: Options = {}) {
  const organization = await makeOrganization()
  const { key } = await makeKey(organization, { environment, scopes })
  const send = async (method: string, path: string, body?: object) => {
    const response = await callApi(path, { key, method, ...(body && { body }) })
    return response.status === 204 ? null : response.json()
  }
  const sequence = await send('POST', '/sequences', { name: 'Welcome', steps })
  const emails = Array.from({ length: many }, (_, n) => `c${n}@example.com`)
  const contacts = await Promise.all(emails.map((email) => send('POST', '/contacts', { email })))
  const ids: string[] = contacts.map(({ id }) => id)
  const { data } = await send('POST', `/sequences/${sequence.id}/enrollments/bulk`, { contact_ids: ids })
  const enrollments = () =>
    prisma().enrollment.findMany({ where: { sequence_id: sequence.id }, orderBy: { enrolled_at: 'asc' } })
  const activities = async (contact_id = ids[0] ?? '') =>
    (await prisma().activity.findMany({ where: { contact_id }, orderBy: { id: 'asc' } }))
      .filter(({ type }) => !['contact.created', 'contact.enrolled'].includes(type))
      .map(({ type, data }) => ({ type, data }))
  const pass = (hours: number) =>
    prisma().$executeRaw`
      UPDATE enrollments SET next_step_at = next_step_at - ${hours}::int * interval '1 hour'
      WHERE sequence_id = ${sequence.id}::uuid`
  return { organization, send, sequence, ids, enrolled: data, enrollments, activities, pass }
}

type Options = { environment?: 'live' | 'test'; many?: number }

const round = () => carryOutRound('sequences.carry_out')

describe('steps', () => {
  test('are carried out in their order, each once, and tell the contact’s history', async () => {
    const { enrollments, activities, pass, organization, sequence, ids } = await enrolled([EMAIL, WAIT, TASK])
    await round()
    await round()
    expect(await enrollments()).toMatchObject([{ status: 'active', current_step: 3 }])
    await pass(47)
    await round()
    expect(await prisma().task.count({ where: { organization_id: organization.id } })).toBe(0)
    await pass(1)
    await round()
    await round()
    await carryOutJobs()
    const tasks = await prisma().task.findMany({ where: { organization_id: organization.id } })
    expect(tasks).toMatchObject([{ title: 'Call them', contact_id: ids[0], status: 'open' }])
    expect(server.mails).toMatchObject([{ to: 'c0@example.com', text: expect.stringContaining('Good to have you.') }])
    expect(server.mails[0]?.text).toMatch(/^From: Acme <news@acme\.test>\r$/m)
    expect(await enrollments()).toMatchObject([{ status: 'completed', current_step: 3, ended_at: expect.any(Date) }])
    const told = await activities()
    expect(told.map(({ type }) => type).toSorted()).toEqual([
      'contact.completed_sequence',
      'contact.step_carried_out',
      'contact.step_carried_out',
      'contact.step_carried_out',
      'email.sent',
      'task.created',
    ])
    expect(told.flatMap(({ type, data }) => (type === 'contact.step_carried_out' ? [data] : []))).toMatchObject([
      { step: 1, kind: 'email', email_id: expect.any(String), sequence_id: sequence.id },
      { step: 2, kind: 'wait' },
      { step: 3, kind: 'task', task_id: tasks[0]?.id },
    ])
  })

  test('of a test key make mock emails, and nothing is sent', async () => {
    const { organization, enrollments } = await enrolled([EMAIL], { environment: 'test' })
    await round()
    await carryOutJobs()
    expect(server.mails).toEqual([])
    expect(await prisma().email.findMany({ where: { organization_id: organization.id } })).toMatchObject([
      { status: 'mock', environment: 'test' },
    ])
    expect(await enrollments()).toMatchObject([{ status: 'completed', current_step: 1 }])
  })

  test('are carried out once where several workers do so at once, of more contacts than one batch has', async () => {
    const { organization, enrollments } = await enrolled([TASK, WAIT, TASK], { many: 100 })
    await prisma().$executeRaw`
      INSERT INTO contacts (id, organization_id, environment, email, updated_at)
      SELECT gen_random_uuid(), ${organization.id}::uuid, 'live', 'more' || n || '@example.com', now()
      FROM generate_series(1, 250) n`
    const [first] = await enrollments()
    await prisma().$executeRaw`
      INSERT INTO enrollments (id, organization_id, environment, sequence_id, contact_id)
      SELECT gen_random_uuid(), organization_id, environment, ${first?.sequence_id}::uuid, id FROM contacts
      WHERE organization_id = ${organization.id}::uuid AND email LIKE 'more%'`
    await Promise.all([round(), round(), round()])
    await round()
    expect(new Set((await enrollments()).map(({ current_step }) => current_step))).toEqual(new Set([3]))
    expect(await prisma().task.count({ where: { organization_id: organization.id } })).toBe(350)
  })

  test('wait where nobody may send for the organisation, and go on once somebody may', async () => {
    const { organization, enrollments, pass } = await enrolled([EMAIL])
    const allow = (email_senders: string[]) =>
      prisma().organization.update({ where: { id: organization.id }, data: { email_senders } })
    await allow([])
    await round()
    expect(await enrollments()).toMatchObject([{ status: 'active', current_step: 1 }])
    expect(await prisma().email.count({ where: { organization_id: organization.id } })).toBe(0)
    await allow(['other@example.com'])
    await pass(1)
    await round()
    await carryOutJobs()
    expect(server.mails[0]?.text).toContain('<other@example.com>')
  })

  test('that come last as a wait end the sequence when it is over', async () => {
    const { enrollments, pass } = await enrolled([TASK, WAIT])
    await round()
    expect(await enrollments()).toMatchObject([{ status: 'active' }])
    await pass(48)
    await round()
    expect(await enrollments()).toMatchObject([{ status: 'completed', current_step: 2 }])
  })
})

describe('nothing more is done for a contact', () => {
  test('who is excluded: the sequence ends at the next step', async () => {
    const { enrollments, activities, send } = await enrolled([TASK])
    await send('POST', '/exclusions', { kind: 'email', value: 'c0@example.com' })
    await round()
    expect(await enrollments()).toMatchObject([{ status: 'removed', current_step: 1, ended_at: expect.any(Date) }])
    expect(await activities()).toMatchObject([{ type: 'contact.unenrolled', data: { because: 'excluded' } }])
  })

  test.each([
    ['removed from the sequence', 'DELETE', 'enrollment'],
    ['deleted', 'DELETE', 'contact'],
    ['in a sequence that is deleted', 'DELETE', 'sequence'],
    ['in a sequence that is paused', 'POST', 'pause'],
    ['in a sequence that is archived', 'POST', 'archive'],
  ] as const)('who is %s', async (_, method, what) => {
    const { send, sequence, ids, enrolled: made, organization } = await enrolled([TASK])
    const paths = {
      enrollment: `/sequences/${sequence.id}/enrollments/${made[0].enrollment_id}`,
      contact: `/contacts/${ids[0]}`,
      sequence: `/sequences/${sequence.id}`,
      pause: `/sequences/${sequence.id}/pause`,
      archive: `/sequences/${sequence.id}/archive`,
    }
    await send(method, paths[what])
    await round()
    expect(await prisma().task.count({ where: { organization_id: organization.id } })).toBe(0)
    if (what !== 'pause') return
    await send('POST', `/sequences/${sequence.id}/resume`)
    await round()
    expect(await prisma().task.count({ where: { organization_id: organization.id } })).toBe(1)
  })

  test('while somebody else holds the sequence or the contact: it is left for the next round, and nobody waits', async () => {
    const { sequence, ids, organization } = await enrolled([TASK])
    const count = () => prisma().task.count({ where: { organization_id: organization.id } })
    await prisma().$transaction(async (db) => {
      await db.$executeRaw`SELECT FROM sequences WHERE id = ${sequence.id}::uuid FOR NO KEY UPDATE`
      await round()
      expect(await count()).toBe(0)
    })
    await prisma().$transaction(async (db) => {
      await db.$executeRaw`SELECT FROM contacts WHERE id = ${ids[0]}::uuid FOR UPDATE`
      await round()
      expect(await count()).toBe(0)
    })
    await round()
    expect(await count()).toBe(1)
  })
})
