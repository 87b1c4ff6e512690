import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Operation } from '@/lib/contracts/operation'
import { prisma } from '@/lib/kernel/db/client'
import type { Prisma } from '@/lib/kernel/db/generated/client'
import { contactListsContract } from '@/lib/resources/contact-lists/contract'
import { RESOURCES } from '@/lib/resources/register'
import { tasksContract } from '@/lib/resources/tasks/contract'
import { ask, send } from '@/lib/testing/ask'
import { outcomeOf } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'

/** Lists of rows that are alike in what they are sorted by, against a plain model of them in memory. */

useTestDatabase()

type Sort = { field: string; descending: boolean }[]
type Question = { sort: Sort; limit: number; filters: Record<string, string | undefined> }

const START = Date.UTC(2027, 0, 31, 9)
// A few, so that most rows share theirs; a millisecond apart, which is what an instant of the API can tell.
const instant = fc.nat({ max: 3 }).map((ms) => new Date(START + ms))
const written = instant.map((date) => date.toISOString())
const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })

// Of one byte to four, and in an order that UTF-16 would reverse.
const title = fc.constantFrom('a', 'A', 'Z', 'ß', 'é', 'ﬁ', '😀', '中', "o'b", '%', '_', 'a b', 'a-b')

const sortBy = (...fields: string[]): fc.Arbitrary<Sort> =>
  fc
    .shuffledSubarray(fields, { minLength: 1 })
    .chain((chosen) =>
      fc.tuple(...chosen.map((field) => fc.record({ field: fc.constant(field), descending: fc.boolean() }))),
    )

const limit = fc.integer({ min: 1, max: 5 })

/** Text is ordered by its code points, instants by time. */
function compare(one: unknown, other: unknown): number {
  if (one instanceof Date && other instanceof Date) return one.getTime() - other.getTime()
  return Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)))
}

type Row = { id: string } & Record<string, unknown>

function expected(rows: Row[], keeps: (row: Row) => boolean, sort: Sort): string[] {
  const keys = [...sort, { field: 'id', descending: sort.at(-1)?.descending ?? true }]
  const order = (one: Row, other: Row) => {
    for (const { field, descending } of keys) {
      const difference = compare(one[field], other[field])
      if (difference !== 0) return descending ? -difference : difference
    }
    return 0
  }
  return rows
    .filter(keeps)
    .toSorted(order)
    .map(({ id }) => id)
}

const queryOf = ({ sort, limit, filters }: Question): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(filters).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  ),
  sort: sort.map(({ field, descending }) => `${descending ? '-' : ''}${field}`).join(','),
  limit: String(limit),
})

const shown = z.object({
  data: z.array(z.object({ id: z.string() })),
  has_more: z.boolean(),
  next_cursor: z.string().nullable(),
})

/** Every page to the end: each but the last is full, and the last says that it is. */
async function pages(list: Pick<Operation, 'method' | 'path'>, key: string, question: Question): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | null = null
  do {
    const query: Record<string, string> = { ...queryOf(question), ...(cursor && { cursor }) }
    const page: z.output<typeof shown> = shown.parse(await (await send(list, { key, query })).json())
    expect(page.has_more).toBe(page.next_cursor !== null)
    if (page.has_more) expect(page.data).toHaveLength(question.limit)
    else if (cursor) expect(page.data.length).toBeGreaterThan(0)
    ids.push(...page.data.map(({ id }) => id))
    cursor = page.next_cursor
  } while (cursor)
  return ids
}

async function tenantOf(environment: 'live' | 'test' = 'live') {
  const organization = await makeOrganization()
  const { key } = await makeKey(organization, { scopes: ['read:all'], environment })
  return { key, tenant: { organization_id: organization.id, environment } }
}

const statuses = ['open', 'completed', 'cancelled'] as const
const task = fc
  .record({
    title,
    status: fc.constantFrom(...statuses),
    due_at: fc.option(instant),
    contact: fc.option(fc.nat(1)),
    created_at: instant,
    touched: instant,
  })
  // Nothing is changed before it is created.
  .map(({ touched, ...row }) => ({ ...row, updated_at: touched > row.created_at ? touched : row.created_at }))

const taskQuestion = fc.record({
  sort: sortBy('created_at', 'updated_at'),
  limit,
  status: some(fc.constantFrom(...statuses)),
  contact: some(fc.nat(1)),
  due_before: some(written),
  created_after: some(written),
})

test('tasks, whatever they are sorted by and narrowed to; one without a date is due before nothing', async () => {
  const { key, tenant } = await tenantOf()
  const email = ['a@example.com', 'b@example.com']
  const contacts = await prisma().contact.createManyAndReturn({
    data: email.map((address) => ({ email: address, ...tenant })),
  })
  const id = (of: { id: string }[], index: number | null | undefined) =>
    index === null || index === undefined ? index : of[index]?.id
  await fc.assert(
    fc.asyncProperty(
      fc.array(task, { maxLength: 14 }),
      fc.array(taskQuestion, { maxLength: 5 }),
      async (made, questions) => {
        await prisma().task.deleteMany({ where: tenant })
        const data = made.map(
          ({ contact, ...fields }): Prisma.TaskCreateManyInput => ({
            ...fields,
            ...tenant,
            contact_id: id(contacts, contact) ?? null,
          }),
        )
        const rows = await prisma().task.createManyAndReturn({ data })
        for (const { sort, limit, contact, ...narrow } of questions) {
          const equal = {
            status: narrow.status,
            contact_id: id(contacts, contact) ?? undefined,
          }
          const { due_before, created_after } = narrow
          const keeps = (row: Row) =>
            Object.entries(equal).every(([name, value]) => value === undefined || row[name] === value) &&
            (due_before === undefined || (row.due_at instanceof Date && row.due_at < new Date(due_before))) &&
            (created_after === undefined ||
              (row.created_at instanceof Date && row.created_at > new Date(created_after)))
          const question = { sort, limit, filters: { ...equal, due_before, created_after } }
          expect(await pages(tasksContract.operations.list, key, question)).toEqual(expected(rows, keeps, sort))
        }
      },
    ),
    { numRuns: 30 },
  )
}, 120_000)

const listQuestion = fc.record({
  sort: sortBy('created_at', 'name'),
  limit,
  name: some(title),
  created_after: some(written),
})

test('contact lists, by names in any script', async () => {
  const { key, tenant } = await tenantOf()
  const made = fc.array(fc.record({ name: title, created_at: instant }), { maxLength: 14 })
  await fc.assert(
    fc.asyncProperty(made, fc.array(listQuestion, { maxLength: 5 }), async (lists, questions) => {
      await prisma().contactList.deleteMany({ where: tenant })
      const rows = await prisma().contactList.createManyAndReturn({
        data: lists.map((list) => ({ ...list, ...tenant })),
      })
      for (const { sort, limit, name, created_after } of questions) {
        const keeps = (row: Row) =>
          (name === undefined || row.name === name) &&
          (created_after === undefined || (row.created_at instanceof Date && row.created_at > new Date(created_after)))
        const question = { sort, limit, filters: { name, created_after } }
        expect(await pages(contactListsContract.operations.list, key, question)).toEqual(expected(rows, keeps, sort))
      }
    }),
    { numRuns: 30 },
  )
}, 120_000)

describe('a cursor', () => {
  const { list } = contactListsContract.operations
  const question = fc.record({
    sort: sortBy('created_at', 'name'),
    name: some(fc.constantFrom('a', 'ﬁ')),
    created_after: some(fc.constantFrom(START - 1, START - 2).map((time) => new Date(time).toISOString())),
  })
  const asked = ({ sort, ...filters }: { sort: Sort; name?: string | undefined; created_after?: string | undefined }) =>
    queryOf({ sort, limit: 1, filters })

  /** Two rows for each question, so that each has a page behind its first. */
  async function start() {
    const { key, tenant } = await tenantOf()
    const names = ['a', 'a', 'ﬁ', 'ﬁ']
    await prisma().contactList.createMany({
      data: names.map((name) => ({ name, created_at: new Date(START), ...tenant })),
    })
    const cursorOf = async (query: Record<string, string>) => (await ask(list, { key, query })).next_cursor ?? ''
    const take = async (query: Record<string, string>, cursor: string) =>
      outcomeOf(await send(list, { key, query: { ...query, cursor } }))
    return { cursorOf, take }
  }

  test('opens the list of its very filters and sort, on a page of any size, and no other', async () => {
    const { cursorOf, take } = await start()
    await fc.assert(
      fc.asyncProperty(question, question, limit, async (one, other, size) => {
        const cursor = await cursorOf(asked(one))
        const isSame = JSON.stringify(asked(one)) === JSON.stringify(asked(other))
        expect(await take({ ...asked(one), limit: String(size) }, cursor)).toBe(200)
        expect(await take(asked(other), cursor)).toBe(isSame ? 200 : 'invalid_cursor')
      }),
      { numRuns: 60 },
    )
  }, 60_000)

  test('is the same list where an instant is written in another zone, or the sort is the list’s own', async () => {
    const { cursorOf, take } = await start()
    const cursor = await cursorOf({ limit: '1', created_after: '2027-01-31T08:00:00Z' })
    expect(await take({ limit: '1', created_after: '2027-01-31T10:00:00+02:00', sort: '-created_at' }, cursor)).toBe(
      200,
    )
  })

  test('opens the rows of its own parent only', async () => {
    const { key, tenant } = await tenantOf()
    const contacts = await prisma().contact.createManyAndReturn({
      data: ['a@example.com', 'b@example.com'].map((email) => ({ email, ...tenant })),
    })
    const lists = await prisma().contactList.createManyAndReturn({
      data: ['ours', 'theirs'].map((name) => ({ name, ...tenant })),
    })
    const members = lists.flatMap(({ id: list_id }) => contacts.map(({ id: contact_id }) => ({ list_id, contact_id })))
    await prisma().contactListMember.createMany({ data: members.map((member) => ({ ...member, ...tenant })) })
    const { listContacts } = contactListsContract.operations
    const [ours = '', theirs = ''] = lists.map(({ id }) => id)
    const { next_cursor } = await ask(listContacts, { key, params: { id: ours }, query: { limit: '1' } })
    const take = async (id: string) =>
      outcomeOf(await send(listContacts, { key, params: { id }, query: { limit: '1', cursor: next_cursor ?? '' } }))
    expect(await take(ours)).toBe(200)
    expect(await take(theirs)).toBe('invalid_cursor')
  })

  test('opens nothing once a single character of it is another', async () => {
    const { cursorOf, take } = await start()
    const query = { limit: '1', sort: 'name' }
    const cursor = await cursorOf(query)
    const character = fc.constantFrom(...'ABCxyz019-_=.+/ %'.split(''))
    await fc.assert(
      fc.asyncProperty(fc.nat(cursor.length - 1), character, async (at, put) => {
        const edited = `${cursor.slice(0, at)}${put}${cursor.slice(at + 1)}`
        if (edited !== cursor) expect(await take(query, edited)).toBe('invalid_cursor')
      }),
      { numRuns: 100 },
    )
    for (const part of [cursor.slice(1), cursor.slice(0, -1), `${cursor}A`, cursor + cursor]) {
      expect(await take(query, part)).toBe('invalid_cursor')
    }
  }, 60_000)
})

test('nothing that lists are sorted by can be null: a page would hide what follows', async () => {
  const columns = await prisma().$queryRaw<{ name: string; nullable: boolean }[]>`
    SELECT table_name || '.' || column_name AS name, is_nullable = 'YES' AS nullable
    FROM information_schema.columns WHERE table_schema = 'public'`
  const nullable = new Set(columns.filter((column) => column.nullable).map(({ name }) => name))
  const known = new Set(columns.map(({ name }) => name))
  const sorted = RESOURCES.flatMap(({ rows = [] }) => rows).flatMap(({ table, sorts = [], sort }) =>
    [...sorts, ...(sort ? [sort.replace('-', '')] : [])].map((field) => `${table}.${field}`),
  )
  expect(sorted.length).toBeGreaterThan(10)
  for (const name of sorted) expect([name, known.has(name), nullable.has(name)]).toEqual([name, true, false])
})
