import { beforeEach, describe, expect, test } from 'vitest'
import type { ActingOrganization } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import type { Environment } from '@/lib/kernel/db/generated/enums'
import { tasksContract } from '@/lib/resources/tasks/contract'
import { ask, refusal, send } from '@/lib/testing/ask'
import { useTestDatabase } from '@/lib/testing/database'
import { hoursAway, makeKey, makeMember, makeOrganization, unusedId } from '@/lib/testing/fixtures'
import { overlap } from '@/lib/testing/overlap'
import { countStatements } from '@/lib/testing/statements'

useTestDatabase()

const operations = tasksContract.operations
let key = ''
let organization: ActingOrganization
beforeEach(async () => {
  organization = await makeOrganization()
  key = (await makeKey(organization, { scopes: ['tasks:read', 'tasks:write'] })).key
})

const create = (body: object = {}) => ask(operations.create, { key, body: { title: 'Call back', ...body } })
const tenantOf = ({ id }: { id: string }, environment: Environment = 'live') => ({ organization_id: id, environment })
const contactOf = (tenant: ReturnType<typeof tenantOf>) =>
  prisma().contact.create({ data: { ...tenant, email: `${unusedId()}@example.com` } })
const activitiesOf = (subject_id: string) =>
  prisma().activity.findMany({ where: { subject_id }, orderBy: [{ at: 'asc' }, { id: 'asc' }] })

test('a task is changed no earlier than it was created, though the clock be set back', async () => {
  const created_at = hoursAway(1)
  const { id } = await prisma().task.create({ data: { title: 'Call', created_at, ...tenantOf(organization) } })
  expect((await ask(operations.update, { key, params: { id }, body: {} })).updated_at).toEqual(created_at)
  expect((await ask(operations.complete, { key, params: { id } })).updated_at).toEqual(created_at)
})

describe('the links of a task', () => {
  test('go to a member and a contact of the tenant', async () => {
    const { user } = await makeMember(organization, 'member')
    const contact = await contactOf(tenantOf(organization))
    const links = { assignee_id: user.id, contact_id: contact.id }
    const task = await create(links)
    expect(task).toMatchObject({ ...links, status: 'open', completed_at: null })
    const cleared = { assignee_id: null, contact_id: null }
    const params = { id: task.id }
    expect(await ask(operations.update, { key, params, body: cleared })).toMatchObject(cleared)
    expect(await ask(operations.update, { key, params, body: links })).toMatchObject(links)
  })

  test('are refused, each at its field, where they go elsewhere', async () => {
    const other = await makeOrganization()
    const task = await create()
    const elsewhere = [
      { assignee_id: unusedId(), contact_id: unusedId() },
      {
        assignee_id: (await makeMember(other)).user.id,
        contact_id: (await contactOf(tenantOf(other))).id,
      },
      {
        contact_id: (await contactOf(tenantOf(organization, 'test'))).id,
      },
    ]
    for (const links of elsewhere) {
      const paths = Object.keys(links)
      const made = await refusal(operations.create, { key, body: { title: 'Call', ...links } })
      expect(made.errors?.map(({ path }) => path)).toEqual(paths)
      const changed = await refusal(operations.update, { key, params: { id: task.id }, body: links })
      expect(changed.errors?.map(({ path }) => path)).toEqual(paths)
    }
  })

  test('end with what they go to; the task stays', async () => {
    const { user } = await makeMember(organization)
    const contact = await contactOf(tenantOf(organization))
    const { id } = await create({ assignee_id: user.id, contact_id: contact.id })
    await prisma().contact.delete({ where: { id: contact.id } })
    await prisma().membership.deleteMany({ where: { user_id: user.id } })
    expect(await ask(operations.get, { key, params: { id } })).toMatchObject({ assignee_id: null, contact_id: null })
  })

  test('are refused where what they go to is being deleted at that moment', async () => {
    const { user } = await makeMember(organization)
    const contact = await contactOf(tenantOf(organization))
    const links = { assignee_id: user.id, contact_id: contact.id }
    const problem = await overlap(
      async (db) => {
        await db.membership.deleteMany({ where: { user_id: user.id } })
        await db.contact.delete({ where: { id: contact.id } })
      },
      () => refusal(operations.create, { key, body: { title: 'Call', ...links } }),
    )
    expect(problem.errors?.map(({ path }) => path)).toEqual(Object.keys(links))
  })
})

describe('the end of a task', () => {
  test('comes once: what is completed or cancelled is neither again', async () => {
    for (const [end, status] of [
      [operations.complete, 'completed'],
      [operations.cancel, 'cancelled'],
    ] as const) {
      const { id } = await create()
      const ended = await ask(end, { key, params: { id } })
      expect(ended).toMatchObject({ id, status })
      expect(ended.completed_at !== null).toBe(status === 'completed')
      for (const again of [operations.complete, operations.cancel]) {
        const problem = await refusal(again, { key, params: { id } })
        expect(problem).toMatchObject({ status: 409, code: 'wrong_state', detail: `This task is ${status} already.` })
      }
      expect(await ask(operations.get, { key, params: { id } })).toEqual(ended)
    }
  })

  test('is one, also where many end it at the same time', async () => {
    const { id } = await create()
    const ends = [operations.complete, operations.cancel]
    const replies = await Promise.all(
      Array.from({ length: 12 }, (_, index) => send(ends[index % 2] ?? operations.cancel, { key, params: { id } })),
    )
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await activitiesOf(id)).toHaveLength(2)
  })

  test('leaves its notes open to corrections', async () => {
    const { id } = await create()
    await ask(operations.complete, { key, params: { id } })
    const changed = await ask(operations.update, { key, params: { id }, body: { notes: 'Done by phone.' } })
    expect(changed).toMatchObject({ notes: 'Done by phone.', status: 'completed' })
  })

  test('cannot be set by an update', async () => {
    const { id } = await create()
    const problem = await refusal(operations.update, { key, params: { id }, body: { status: 'completed' } })
    expect(problem.errors).toMatchObject([{ path: 'status' }])
  })

  test('is never deletion', async () => {
    const { id } = await create()
    expect((await send({ method: 'delete', path: '/tasks/{id}' }, { key, params: { id } })).status).toBe(405)
  })
})

describe('the history of a task', () => {
  test('tells each change, in the contact’s history too', async () => {
    const contact = await contactOf(tenantOf(organization))
    const { id } = await create({ contact_id: contact.id })
    await ask(operations.update, { key, params: { id }, body: { notes: 'x', title: 'Write' } })
    await ask(operations.cancel, { key, params: { id } })
    const told = await activitiesOf(id)
    expect(told).toMatchObject([
      { type: 'task.created', contact_id: contact.id },
      { type: 'task.updated', contact_id: contact.id, data: { fields: ['title', 'notes'] } },
      { type: 'task.cancelled', contact_id: contact.id },
    ])
  })

  test('has nothing of what was refused', async () => {
    await refusal(operations.create, { key, body: { title: 'Call', contact_id: unusedId() } })
    expect(await prisma().activity.count({ where: { organization_id: organization.id } })).toBe(0)
  })
})

describe('the list of tasks', () => {
  test('is narrowed by each filter', async () => {
    const { user } = await makeMember(organization)
    const contact = await contactOf(tenantOf(organization))
    const due = await create({ title: 'due', due_at: hoursAway(1), assignee_id: user.id })
    await create({ title: 'later', due_at: hoursAway(48), contact_id: contact.id })
    await create({ title: 'never' })
    await ask(operations.complete, { key, params: { id: due.id } })
    const titles = async (query: Record<string, string>) =>
      (await ask(operations.list, { key, query })).data.map(({ title }) => title)
    expect(await titles({})).toEqual(['never', 'later', 'due'])
    expect(await titles({ status: 'open', sort: 'created_at' })).toEqual(['later', 'never'])
    expect(await titles({ due_before: hoursAway(2).toISOString() })).toEqual(['due'])
    expect(await titles({ assignee_id: user.id })).toEqual(['due'])
    expect(await titles({ contact_id: contact.id })).toEqual(['later'])
    expect(await titles({ created_after: due.created_at.toISOString() })).toEqual(['never', 'later'])
    expect(await titles({ sort: '-updated_at', limit: '1' })).toEqual(['due'])
  })

  test('takes as many statements for a hundred rows as for one', async () => {
    const list = (limit: string) => countStatements(() => ask(operations.list, { key, query: { limit } }))
    await create()
    const one = await list('1')
    await prisma().task.createMany({
      data: Array.from({ length: 100 }, (_, index) => ({ ...tenantOf(organization), title: `Task ${index}` })),
    })
    expect(await list('100')).toBe(one)
  })
})
