import { describe, expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { contactsContract } from '@/lib/resources/contacts/contract'
import { ask, refusal, send } from '@/lib/testing/ask'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'

useTestDatabase()

const { list, create, get, update, delete: remove } = contactsContract.operations

async function start() {
  const organization = await makeOrganization()
  const { key } = await makeKey(organization, { scopes: ['contacts:read', 'contacts:write', 'contacts:delete'] })
  const add = (body: object) => ask(create, { key, body })
  const emails = async (query: Record<string, string>) =>
    (await ask(list, { key, query })).data.map(({ email }) => email)
  return { organization, key, add, emails }
}

test('a contact comes back as it was sent, with its domain and address in their one form', async () => {
  const { key, add } = await start()
  const sent = {
    email: 'ada@example.com',
    first_name: 'Ada',
    last_name: 'Lovelace',
    company: 'Analytical Engines',
    title: 'Mathematician',
    phone: '+44 20 7946 0000',
    custom_fields: { employees: 12, note: '𝔘𝔫𝔦', active: true },
  }
  const made = await add({ ...sent, domain: ' Engines.Example. ', linkedin_url: 'https://UK.linkedin.com/in/ada' })
  const kept = { ...sent, domain: 'engines.example', linkedin_url: 'https://uk.linkedin.com/in/ada' }
  expect(made).toMatchObject(kept)
  expect(await ask(get, { key, params: { id: made.id } })).toEqual(made)
})

test('a merge patch changes what it names, and clears what it sets to null', async () => {
  const { key, add } = await start()
  const { id } = await add({ email: 'ada@example.com', company: 'Engines', domain: 'a.example', title: 'Countess' })
  const body = { company: 'Works', domain: null, title: null }
  expect(await ask(update, { key, params: { id }, body })).toMatchObject({ ...body, email: 'ada@example.com' })
  const refused = await refusal(update, { key, params: { id }, body: { email: null } })
  expect(refused).toMatchObject({ code: 'validation_failed', errors: [{ path: 'email' }] })
})

test.each([
  ['domain', 'https://engines.example'],
  ['linkedin_url', 'https://example.com/in/ada'],
  ['linkedin_url', 'http://linkedin.com/in/ada'],
])('a %s of %s is refused', async (path, value) => {
  const { key } = await start()
  const refused = await refusal(create, { key, body: { email: 'ada@example.com', [path]: value } })
  expect(refused).toMatchObject({ code: 'validation_failed', errors: [{ path }] })
})

describe('the list', () => {
  async function filled() {
    const started = await start()
    await started.add({ email: 'ada@engines.example', company: 'Engines', domain: 'engines.example' })
    await started.add({ email: 'bob@engines.example', company: 'Engines & Sons', domain: 'engines.example' })
    await started.add({ email: 'cy@works.example', first_name: '100%', company: 'ΟΔΟΣ', domain: 'works.example' })
    return started
  }

  test.each([
    [{ email: 'ADA@engines.example' }, ['ada@engines.example']],
    [{ company: 'Engines' }, ['ada@engines.example']],
    [{ company: 'engines' }, []],
    [{ company: '%' }, []],
    [{ company: 'ΟΔΟΣ' }, ['cy@works.example']],
    [{ domain: 'Engines.example' }, ['bob@engines.example', 'ada@engines.example']],
    [{ q: 'ENGINES & s' }, ['bob@engines.example']],
    [{ q: 'ΟΔΟΣ' }, ['cy@works.example']],
    [{ q: '100%' }, ['cy@works.example']],
    [{ q: '_' }, []],
    [{ q: '\\' }, []],
    [{ domain: 'engines.example', company: 'Engines', q: 'ada' }, ['ada@engines.example']],
    [{ sort: 'email' }, ['ada@engines.example', 'bob@engines.example', 'cy@works.example']],
    [{ created_after: '2020-01-01T00:00:00Z', q: 'works' }, ['cy@works.example']],
    [{ created_after: '9000-01-01T00:00:00Z' }, []],
  ])('with %j has %j', async (query: Record<string, string>, expected) => {
    const { emails } = await filled()
    expect(await emails(query)).toEqual(expected)
  })

  test('is read page by page within a filter, each row once', async () => {
    const { key, add } = await start()
    for (let index = 0; index < 7; index++) await add({ email: `p${index}@example.com`, company: 'Engines' })
    await add({ email: 'other@example.com' })
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const query: Record<string, string> = { company: 'Engines', q: 'example', limit: '3', ...(cursor && { cursor }) }
      const page = await ask(list, { key, query })
      seen.push(...page.data.map(({ email }) => email))
      cursor = page.next_cursor
    } while (cursor)
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((index) => `p${index}@example.com`))
  })
})

test('a deletion takes the contact off lists and out of sequences, keeps its tasks, and is told of', async () => {
  const { organization, key, add } = await start()
  const { id } = await add({ email: 'ada@example.com' })
  const tenant = { organization_id: organization.id, environment: 'live' as const }
  const list = await prisma().contactList.create({ data: { ...tenant, name: 'List' } })
  await prisma().contactListMember.create({ data: { ...tenant, list_id: list.id, contact_id: id } })
  const task = await prisma().task.create({ data: { ...tenant, title: 'Call', contact_id: id } })
  expect((await send(remove, { key, params: { id } })).status).toBe(204)
  expect(await prisma().contactListMember.count({ where: tenant })).toBe(0)
  expect(await prisma().task.findUnique({ where: { id: task.id } })).toMatchObject({ contact_id: null })
  expect((await refusal(remove, { key, params: { id } })).code).toBe('not_found')
  const activities = await prisma().activity.findMany({ where: tenant, orderBy: { id: 'asc' } })
  expect(activities.map(({ type, contact_id }) => [type, contact_id])).toEqual([
    ['contact.created', id],
    ['contact.deleted', id],
  ])
})
