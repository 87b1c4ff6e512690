import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import { prisma } from '@/lib/kernel/db/client'
import { databaseNow } from '@/lib/kernel/db/transaction'
import { leadsContract } from '@/lib/resources/leads/contract'
import { tasksContract } from '@/lib/resources/tasks/contract'
import { ask, send } from '@/lib/testing/ask'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'

/** Whatever is done to rows, in whatever order, comes to the same as in a plain model of them in memory. */

useTestDatabase()

const { list, create, update, remove, get } = { ...leadsContract.operations, remove: leadsContract.operations.delete }

type Lead = z.output<typeof create.reply.schema>

const emails = ['a@example.com', 'b@example.com', 'ab@example.org']
const email = fc.constantFrom(...emails)
const status = fc.constantFrom('new' as const, 'qualified' as const, 'converted' as const)
const words = fc.constantFrom('Ada', 'ada', '100%', 'a_b', '\\', "'; --", 'Ångström')
const member = fc.oneof(
  fc.string({ maxLength: 5 }),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom(0.1, 2 ** 53 - 1, -1.5e-7),
)
const name = fc.constantFrom('a', 'b', '__proto', 'ü')
const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })

const fields = { first_name: some(fc.option(words)), company: some(fc.option(words)), status: some(status) }
const creation = fc.record({ ...fields, email, custom_fields: some(fc.dictionary(name, member)) })
const patch = fc.record({ ...fields, email: some(email), custom_fields: some(fc.dictionary(name, fc.option(member))) })

const step = fc.oneof(
  fc.record({ kind: fc.constant('create' as const), body: creation }),
  fc.record({ kind: fc.constant('patch' as const), row: fc.nat(9), body: patch }),
  fc.record({ kind: fc.constant('delete' as const), row: fc.nat(9) }),
)

const sortKey = fc.record({
  field: fc.constantFrom('created_at' as const, 'updated_at' as const, 'email' as const),
  descending: fc.boolean(),
})
const asked = fc.record({
  sort: fc.uniqueArray(sortKey, { selector: ({ field }) => field, minLength: 1 }),
  limit: fc.integer({ min: 1, max: 4 }),
  status: some(status),
  email: some(email),
  q: some(fc.constantFrom('ada', 'A', '%', '_', '\\', 'example.org', 'ÅNG')),
})

/** JSON without what is undefined, as it goes over the wire. */
const wire = (value: object): Record<string, unknown> => JSON.parse(JSON.stringify(value))

function patched(lead: Lead, changes: z.output<typeof update.body>): Lead {
  const { custom_fields = {}, ...rest } = wire(changes)
  const merged: Lead['custom_fields'] = { ...lead.custom_fields, ...Object(custom_fields) }
  const left = Object.entries(merged).filter(([, value]) => value !== null)
  return { ...lead, ...rest, custom_fields: Object.fromEntries(left) }
}

/** One or two letters begin a word; anything else stands anywhere. */
function mentions({ email, first_name, last_name, company }: Lead, q: string): boolean {
  const text = ` ${[email, first_name ?? '', last_name ?? '', company ?? ''].join(' ').toLowerCase()}`
  const part = q.toLowerCase()
  return text.includes(/^\p{L}{1,2}$/u.test(part) ? ` ${part}` : part)
}

type Asked = { sort: { field: 'created_at' | 'updated_at' | 'email'; descending: boolean }[] } & Partial<
  Pick<Lead, 'status' | 'email'>
> & { q?: string | undefined }

function expected(leads: Lead[], { sort, status, email, q }: Asked): string[] {
  const kept = leads.filter(
    (lead) => (!status || lead.status === status) && (!email || lead.email === email) && (!q || mentions(lead, q)),
  )
  const keys = [...sort, { field: 'id' as const, descending: sort.at(-1)?.descending ?? true }]
  const order = (one: Lead, other: Lead) => {
    for (const { field, descending } of keys) {
      const [a, b] = [one[field].valueOf(), other[field].valueOf()]
      if (a !== b) return a < b === descending ? 1 : -1
    }
    return 0
  }
  return kept.sort(order).map(({ id }) => id)
}

async function listed(key: string, { sort, limit, ...filters }: Asked & { limit: number }): Promise<string[]> {
  const written = sort.map(({ field, descending }) => `${descending ? '-' : ''}${field}`).join(',')
  const named = Object.entries(filters).filter((pair): pair is [string, string] => typeof pair[1] === 'string')
  const ids: string[] = []
  let cursor: string | null = null
  do {
    const query: Record<string, string> = {
      ...Object.fromEntries(named),
      sort: written,
      limit: String(limit),
      ...(cursor && { cursor }),
    }
    const page = await ask(list, { key, query })
    expect(page.data.length).toBeLessThanOrEqual(limit)
    ids.push(...page.data.map(({ id }) => id))
    cursor = page.next_cursor
  } while (cursor)
  return ids
}

test('creations, patches, deletions and lists', async () => {
  const scopes = ['leads:read', 'leads:create', 'leads:update', 'leads:delete']
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.array(asked, { maxLength: 4 }), async (steps, questions) => {
      const { key } = await makeKey(await makeOrganization(), { scopes })
      const model = new Map<string, Lead>()
      const pick = (row: number) => [...model.values()][row % Math.max(1, model.size)]
      for (const { kind, ...what } of steps) {
        const lead = 'row' in what ? pick(what.row) : undefined
        if (kind === 'create' && 'body' in what) {
          const made = await ask(create, { key, body: what.body })
          const { status = 'new', ...given } = wire(what.body)
          expect(wire(made)).toMatchObject({ first_name: null, company: null, custom_fields: {}, ...given, status })
          model.set(made.id, made)
        } else if (lead && kind === 'patch' && 'body' in what) {
          const changed = await ask(update, { key, params: { id: lead.id }, body: what.body })
          expect(changed).toEqual({ ...patched(lead, what.body), updated_at: changed.updated_at })
          expect(changed.updated_at.valueOf()).toBeGreaterThanOrEqual(lead.updated_at.valueOf())
          model.set(lead.id, changed)
        } else if (lead && kind === 'delete') {
          expect((await send(remove, { key, params: { id: lead.id } })).status).toBe(204)
          model.delete(lead.id)
        }
      }
      for (const lead of model.values()) expect(await ask(get, { key, params: { id: lead.id } })).toEqual(lead)
      for (const question of questions) {
        expect(await listed(key, question)).toEqual(expected([...model.values()], question))
      }
    }),
    { numRuns: 40 },
  )
}, 120_000)

test('a change and a move are the last, by the database’s clock', async () => {
  const organization = await makeOrganization()
  const { key } = await makeKey(organization, { scopes: ['write:all'] })
  const tenant = { organization_id: organization.id, environment: 'live' as const }
  const updated_at = new Date(0)
  const lead = await prisma().lead.create({ data: { email: 'ada@example.com', updated_at, ...tenant } })
  const task = await prisma().task.create({ data: { title: 'Call', updated_at, ...tenant } })
  const before = await databaseNow(prisma())
  const changed = await ask(update, { key, params: { id: lead.id }, body: {} })
  const moved = await ask(tasksContract.operations.complete, { key, params: { id: task.id } })
  const after = await databaseNow(prisma())
  for (const instant of [changed.updated_at, moved.updated_at, moved.completed_at]) {
    expect(instant?.valueOf()).toBeGreaterThanOrEqual(before.valueOf())
    expect(instant?.valueOf()).toBeLessThanOrEqual(after.valueOf())
  }
})
