import fc from 'fast-check'
import { expect, test } from 'vitest'
import { projectsContract } from '@/lib/resources/projects/contract'
import { recordsContract } from '@/lib/resources/projects/records/contract'
import { ask, send } from '@/lib/testing/ask'
import { outcomeOf } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'

/** Whatever fields a project has, and whatever is done to its records, comes to the same as in a plain model in memory. */

useTestDatabase()

const projects = projectsContract.operations
const records = recordsContract.operations

type Value = string | number | boolean
type Data = Record<string, Value>
type Type = 'text' | 'number' | 'boolean' | 'date' | 'enum'
type Field = { key: string; type: Type; values?: string[]; required: boolean; indexed: boolean }
type Sent = Record<string, Value | null>

const KEYS = ['a', 'b', 'c', 'tostring', 'value']
const WORDS = ['a', 'A', 'é', '中', '😀', '1', '-1', 'true', '0', '%', "o'b", '2027-01-31', 'done']
const NUMBERS = [0, -0, 1, -1, 0.1, -2.5, 9, 10, 1e15, -1e15, 1.5e-300, 5e-324, 2 ** 53 - 1]
const DAYS = ['2027-01-31', '0001-01-01', '9999-12-31', '2028-02-29']
const CHOICES = ['done', '1', 'Ä']

const KINDS: Record<Type, fc.Arbitrary<Value>> = {
  text: fc.constantFrom(...WORDS),
  number: fc.constantFrom(...NUMBERS),
  boolean: fc.boolean(),
  date: fc.constantFrom(...DAYS),
  enum: fc.constantFrom(...CHOICES),
}
const mostly = (value: boolean) => fc.constantFrom(value, value, value, !value)
const type = fc.constantFrom<Type>('text', 'number', 'boolean', 'date', 'enum')
const field = fc
  .record({ key: fc.constantFrom(...KEYS), type, required: mostly(false), indexed: mostly(true) })
  .map((one): Field => (one.type === 'enum' ? { ...one, values: CHOICES } : one))
const fields = fc.uniqueArray(field, { selector: ({ key }) => key, maxLength: 4 })
const value: fc.Arbitrary<Value | null> = fc.oneof(fc.constant(null), ...Object.values(KINDS))

/** Mostly what the fields take, else anything. */
const sentTo = (declared: Field[]): fc.Arbitrary<Sent> =>
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record(Object.fromEntries(declared.map(({ key, type }) => [key, KINDS[type]])), {
        requiredKeys: declared.flatMap(({ key, required }) => (required ? [key] : [])),
      }),
    },
    { weight: 1, arbitrary: fc.dictionary(fc.constantFrom(...KEYS), value, { maxKeys: 3 }) },
  )

const stepOn = (declared: Field[]) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('create' as const), data: sentTo(declared) }) },
    fc.record({ kind: fc.constant('patch' as const), row: fc.nat(9), data: sentTo(declared) }),
    fc.record({ kind: fc.constant('delete' as const), row: fc.nat(9) }),
  )

const questionTo = (declared: Field[]) => {
  const indexed = declared.filter((one) => one.indexed)
  const chosen =
    indexed.length === 0 ? fc.constant(undefined) : fc.option(fc.constantFrom(...indexed), { nil: undefined })
  return fc.record({
    limit: fc.integer({ min: 1, max: 3 }),
    descending: fc.boolean(),
    sort: chosen,
    filter: chosen.chain((one) =>
      one
        ? fc.record({
            field: fc.constant(one),
            bound:
              one.type === 'number' || one.type === 'date' ? fc.constantFrom('is', 'from', 'to') : fc.constant('is'),
            value: KINDS[one.type],
          })
        : fc.constant(undefined),
    ),
  })
}

const plan = fields.chain((declared) =>
  fc.record({
    declared: fc.constant(declared),
    steps: fc.array(stepOn(declared), { minLength: 3, maxLength: 12 }),
    questions: fc.array(questionTo(declared), { maxLength: 4 }),
  }),
)

const suits = ({ type }: Field, value: Value) =>
  type === 'number' || type === 'boolean'
    ? typeof value === type
    : type === 'text'
      ? typeof value === 'string'
      : (type === 'date' ? DAYS : CHOICES).some((known) => known === value)

/** What a record is afterwards; null: the call is refused. */
function merged(declared: Field[], before: Data, sent: Sent): Data | null {
  const after = new Map(Object.entries(before))
  for (const [key, value] of Object.entries(sent)) {
    const one = declared.find((field) => field.key === key)
    if (!one || (value !== null && !suits(one, value))) return null
    if (value === null) after.delete(key)
    else after.set(key, value)
  }
  return declared.every(({ key, required }) => !required || after.has(key)) ? Object.fromEntries(after) : null
}

/** Numbers by size, all else by its code points; what is missing is the last. */
function compare(one: Value | undefined, other: Value | undefined): number {
  if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined)
  if (typeof one === 'number' && typeof other === 'number') return one - other
  return Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)))
}

const KEPT = {
  is: (difference: number) => difference === 0,
  from: (difference: number) => difference >= 0,
  to: (difference: number) => difference <= 0,
}

test('creations, patches, deletions and lists', async () => {
  const { key } = await makeKey(await makeOrganization(), { scopes: ['admin'] })
  await fc.assert(
    fc.asyncProperty(plan, async ({ declared, steps, questions }) => {
      const { id } = await ask(projects.create, { key, body: { name: 'Move', fields: declared } })
      // In the order in which they came.
      const model = new Map<string, Data>()
      for (const step of steps) {
        const record_id = 'row' in step ? [...model.keys()][step.row % Math.max(1, model.size)] : undefined
        if (step.kind === 'create') {
          const expected = merged(declared, {}, step.data)
          const reply = await send(records.create, { key, params: { id }, body: { data: step.data } })
          if (!expected) {
            expect(await outcomeOf(reply)).toBe('validation_failed')
            continue
          }
          const made = records.create.reply.schema.parse(await reply.json())
          expect(made.data).toEqual(wire(expected))
          model.set(made.id, expected)
        } else if (record_id && step.kind === 'patch') {
          const expected = merged(declared, model.get(record_id) ?? {}, step.data)
          const reply = await send(records.update, { key, params: { id, record_id }, body: { data: step.data } })
          expect(await outcomeOf(reply)).toBe(expected ? 200 : 'validation_failed')
          if (expected) model.set(record_id, expected)
        } else if (record_id) {
          expect((await send(records.delete, { key, params: { id, record_id } })).status).toBe(204)
          model.delete(record_id)
        }
      }
      for (const [record_id, data] of model) {
        expect((await ask(records.get, { key, params: { id, record_id } })).data).toEqual(wire(data))
      }
      for (const { filter, sort, descending, limit } of questions) {
        const name = filter && `data.${filter.field.key}${filter.bound === 'is' ? '' : `.${filter.bound}`}`
        const query: Record<string, string> = {
          limit: String(limit),
          sort: `${descending ? '-' : ''}${sort ? `data.${sort.key}` : 'created_at'}`,
          ...(filter && name && { [name]: String(filter.value) }),
        }
        const kept = [...model].filter(([, data]) => {
          const value = filter && data[filter.field.key]
          if (!filter) return true
          if (value === undefined) return false
          return KEPT[filter.bound === 'from' || filter.bound === 'to' ? filter.bound : 'is'](
            compare(value, filter.value),
          )
        })
        const ordered = sort ? kept.toSorted(([, one], [, other]) => compare(one[sort.key], other[sort.key])) : kept
        const ids = ordered.map(([record_id]) => record_id)
        expect(await pages(key, id, query)).toEqual(descending ? ids.toReversed() : ids)
      }
    }),
    { numRuns: 40 },
  )
}, 180_000)

/** As JSON has it: there is no -0. */
const wire = (data: Data): Data => JSON.parse(JSON.stringify(data))

async function pages(key: string, id: string, query: Record<string, string>): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | null = null
  do {
    const page: { data: { id: string }[]; next_cursor: string | null } = await ask(records.list, {
      key,
      params: { id },
      query: { ...query, ...(cursor && { cursor }) },
    })
    ids.push(...page.data.map((record) => record.id))
    cursor = page.next_cursor
  } while (cursor)
  return ids
}
