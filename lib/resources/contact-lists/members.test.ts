import { describe, expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import type { Transaction } from '@/lib/kernel/db/transaction'
import { contactListsContract } from '@/lib/resources/contact-lists/contract'
import { ask, refusal, send } from '@/lib/testing/ask'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization, unusedId } from '@/lib/testing/fixtures'
import { overlap } from '@/lib/testing/overlap'
import { countStatements } from '@/lib/testing/statements'

useTestDatabase()

const { create, list, listContacts, addContacts, removeContacts, addContact, removeContact, listsOfContact } =
  contactListsContract.operations

async function start() {
  const organization = await makeOrganization()
  const tenant = { organization_id: organization.id, environment: 'live' as const }
  const { key } = await makeKey(organization, { scopes: ['contact_lists:read', 'contact_lists:write'] })
  const { id } = await ask(create, { key, body: { name: 'List' } })
  const params = { id }
  const contacts = async (count: number, environment: 'live' | 'test' = 'live') => {
    const data = Array.from({ length: count }, () => ({ ...tenant, environment, email: `${unusedId()}@example.com` }))
    return (await prisma().contact.createManyAndReturn({ data })).map((contact) => contact.id)
  }
  const add = (contact_ids: string[]) => ask(addContacts, { key, params, body: { contact_ids } })
  const members = async (query: Record<string, string> = {}) => ask(listContacts, { key, params, query })
  const told = async (type: string) => {
    const rows = await prisma().activity.findMany({ where: { ...tenant, type } })
    return rows.map(({ contact_id, data }) => [contact_id, data])
  }
  return { organization, tenant, key, params, contacts, add, members, told }
}

describe('a bulk call', () => {
  test('tells of each contact what became of it, in the order of the call', async () => {
    const { key, params, contacts, add, members } = await start()
    const [there = '', fresh = '', off = ''] = await contacts(3)
    const nobody = unusedId()
    await add([there])
    const added = await add([nobody, fresh, there, fresh.toUpperCase(), nobody])
    expect(added.data).toEqual([
      { id: nobody, result: 'not_found' },
      { id: fresh, result: 'added' },
      { id: there, result: 'already_there' },
      { id: fresh, result: 'already_there' },
      { id: nobody, result: 'not_found' },
    ])
    const body = { contact_ids: [nobody, there, off, there.toUpperCase()] }
    const removed = await ask(removeContacts, { key, params, body })
    expect(removed.data).toEqual([
      { id: nobody, result: 'not_found' },
      { id: there, result: 'removed' },
      { id: off, result: 'not_there' },
      { id: there, result: 'not_there' },
    ])
    expect((await members()).data.map(({ id }) => id)).toEqual([fresh])
  })

  test('finds no contact of another organisation or environment', async () => {
    const { add, contacts, members } = await start()
    const other = await start()
    const strangers = [...(await other.contacts(1)), ...(await contacts(1, 'test'))]
    expect((await add(strangers)).data.map(({ result }) => result)).toEqual(['not_found', 'not_found'])
    expect((await members()).data).toEqual([])
  })

  test('takes 1 to 100 ids', async () => {
    const { key, params, contacts, add } = await start()
    const ids = await contacts(100)
    expect((await add(ids)).data.every(({ result }) => result === 'added')).toBe(true)
    for (const contact_ids of [[], [...ids, unusedId()], ['x']]) {
      for (const operation of [addContacts, removeContacts]) {
        expect((await refusal(operation, { key, params, body: { contact_ids } })).code).toBe('validation_failed')
      }
    }
  })

  test('appends one activity for each contact that it moved, and none for the others', async () => {
    const { key, params, contacts, add, told } = await start()
    const [one = '', two = ''] = await contacts(2)
    await add([one, unusedId()])
    await add([one, two])
    const data = { list_id: params.id }
    expect(await told('contact.added_to_list')).toEqual([
      [one, data],
      [two, data],
    ])
    await ask(removeContacts, { key, params, body: { contact_ids: [one, one, unusedId()] } })
    expect(await told('contact.removed_from_list')).toEqual([[one, data]])
  })

  test('sends as many statements for a hundred contacts as for one', async () => {
    const { key, params, contacts, add } = await start()
    const [few, many] = [await contacts(1), await contacts(100)]
    const drop = (contact_ids: string[]) => ask(removeContacts, { key, params, body: { contact_ids } })
    expect(await countStatements(() => add(many))).toBe(await countStatements(() => add(few)))
    expect(await countStatements(() => drop(many))).toBe(await countStatements(() => drop(few)))
  })

  test('waits for the one before it, so that two never wait for each other in a circle', async () => {
    const { tenant, params, contacts, add } = await start()
    const [low = '', high = ''] = (await contacts(2)).sort()
    const addFirst = (contact_id: string) => (db: Transaction) =>
      db.contactListMember.create({ data: { ...tenant, list_id: params.id, contact_id } })
    const { data } = await overlap(
      async (db) => {
        await db.$queryRaw`SELECT id FROM contact_lists WHERE id = ${params.id}::uuid FOR NO KEY UPDATE`
        await addFirst(high)(db)
      },
      () => add([low, high]),
      addFirst(low),
    )
    expect(data.map(({ result }) => result)).toEqual(['already_there', 'already_there'])
  })

  test('does not find a contact whose deletion is under way, and adds the others', async () => {
    const { contacts, add } = await start()
    const [leaving = '', staying = ''] = await contacts(2)
    const { data } = await overlap(
      (db) => db.contact.delete({ where: { id: leaving } }),
      () => add([leaving, staying]),
    )
    expect(data.map(({ result }) => result)).toEqual(['not_found', 'added'])
  })

  test('does not find a list whose deletion is under way', async () => {
    const { key, params, contacts } = await start()
    const body = { contact_ids: await contacts(1) }
    const refused = await overlap(
      (db) => db.contactList.delete({ where: params }),
      () => refusal(addContacts, { key, params, body }),
    )
    expect(refused.code).toBe('not_found')
  })

  test('and its opposites at once, in every order, never fail', async () => {
    const { key, params, contacts, add, members } = await start()
    const ids = await contacts(40)
    const replies = await Promise.all(
      [ids, ids.toReversed(), ids, ids.toReversed()].flatMap((contact_ids) => [
        send(addContacts, { key, params, body: { contact_ids } }),
        send(removeContacts, { key, params, body: { contact_ids } }),
      ]),
    )
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 200))
    await add(ids)
    expect((await members({ limit: '100' })).data).toHaveLength(40)
  })
})

describe('one contact', () => {
  test('is put on a list and taken off it, again and again', async () => {
    const { key, params, contacts, members, told } = await start()
    const [contact_id = ''] = await contacts(1)
    const one = { key, params: { ...params, contact_id } }
    expect(await ask(addContact, one)).toEqual({ id: contact_id, result: 'added' })
    expect(await ask(addContact, one)).toEqual({ id: contact_id, result: 'already_there' })
    expect((await members()).data).toHaveLength(1)
    expect((await send(removeContact, one)).status).toBe(204)
    expect((await send(removeContact, one)).status).toBe(204)
    expect((await members()).data).toHaveLength(0)
    expect(await told('contact.added_to_list')).toHaveLength(1)
    expect(await told('contact.removed_from_list')).toHaveLength(1)
  })

  test('of another organisation or environment, or of none, is not found', async () => {
    const { key, params, contacts } = await start()
    const other = await start()
    const strangers = [...(await other.contacts(1)), ...(await contacts(1, 'test')), unusedId()]
    for (const contact_id of strangers) {
      for (const operation of [addContact, removeContact]) {
        expect((await refusal(operation, { key, params: { ...params, contact_id } })).code).toBe('not_found')
      }
    }
  })
})

describe('the contacts on a list', () => {
  test('come newest first, page by page, those added together each once', async () => {
    const { contacts, add, members } = await start()
    const [first, second] = [await contacts(3), await contacts(3)]
    await add(first)
    await add(second)
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page = await members({ limit: '2', ...(cursor && { cursor }) })
      seen.push(...page.data.map(({ id }) => id))
      cursor = page.next_cursor
    } while (cursor)
    expect(seen.slice(0, 3).sort()).toEqual(second.sort())
    expect(seen.slice(3).sort()).toEqual(first.sort())
  })

  test('are told by name, and no more than a key for lists should see', async () => {
    const { tenant, add, members } = await start()
    const names = { email: 'ada@example.com', first_name: 'Ada', last_name: 'Lovelace', company: 'Engines' }
    const contact = await prisma().contact.create({ data: { ...tenant, ...names, phone: '1', title: 'Countess' } })
    await add([contact.id])
    const { data } = await members()
    expect(data).toEqual([{ id: contact.id, ...names, added_at: expect.any(Date) }])
  })

  test('are read by the same statements whether there is one or a hundred', async () => {
    const { contacts, add, members } = await start()
    await add(await contacts(1))
    const count = async () => {
      return countStatements(() => members({ limit: '100' }))
    }
    const before = await count()
    await add(await contacts(99))
    expect(await count()).toBe(before)
  })
})

describe('the lists of a contact', () => {
  test('come newest list first, page by page, with their counts and the time of joining', async () => {
    const { key, tenant, params, contacts, add } = await start()
    const [id = '', other = ''] = await contacts(2)
    await add([id, other])
    const later: string[] = []
    for (let index = 0; index < 3; index++) {
      const made = await ask(create, { key, body: { name: `List ${index}` } })
      await ask(addContacts, { key, params: { id: made.id }, body: { contact_ids: [id] } })
      later.unshift(made.id)
    }
    await ask(create, { key, body: { name: 'Without' } })
    const first = await ask(listsOfContact, { key, params: { id }, query: { limit: '3' } })
    expect(first.data.map((row) => [row.id, row.contact_count])).toEqual(later.map((list_id) => [list_id, 1]))
    const query = { limit: '3', cursor: first.next_cursor ?? '' }
    const last = await ask(listsOfContact, { key, params: { id }, query })
    expect(last).toMatchObject({ data: [{ ...params, contact_count: 2 }], has_more: false })
    const member = await prisma().contactListMember.findFirstOrThrow({
      where: { ...tenant, contact_id: id, list_id: params.id },
    })
    expect(last.data[0]?.added_at).toEqual(member.added_at)
  })

  test('are read, and lists are counted, by the same statements whatever their number', async () => {
    const { key, contacts, add, params } = await start()
    const [id = ''] = await contacts(1)
    await add([id])
    const ofContact = () => ask(listsOfContact, { key, params: { id } })
    const all = () => ask(list, { key })
    const before = [await countStatements(ofContact), await countStatements(all)]
    for (let index = 0; index < 5; index++) {
      const made = await ask(create, { key, body: { name: 'More' } })
      await ask(addContacts, { key, params: { id: made.id }, body: { contact_ids: [id] } })
    }
    expect([await countStatements(ofContact), await countStatements(all)]).toEqual(before)
    expect((await ofContact()).data.map((row) => row.id)).toContain(params.id)
  })

  test('of a contact that is not the tenant’s are not found', async () => {
    const { key, contacts } = await start()
    const [stranger = ''] = await contacts(1, 'test')
    expect((await refusal(listsOfContact, { key, params: { id: stranger } })).code).toBe('not_found')
  })
})
