import { choicesOf, isSchema, resolve } from '@/lib/docs/schema'
import type { Components, JsonSchema } from '@/lib/http/api/openapi/schemas'

/** What may stand in a place of a request or a reply, as the reference says it. */
export type Shape = {
  /** In words: `string`, `array of uuid`. */
  type: string
  /** The limits that it has beside its type: `1 to 100 characters`. */
  limits: string[]
  /** The only values that it takes; empty: any of its type. */
  values: string[]
  fields: FieldShape[]
  /** Where it takes one of several forms. */
  variants: { title: string; fields: FieldShape[] }[]
}

export type FieldShape = Shape & {
  name: string
  required: boolean
  description: string | null
  /** As it is written in JSON; null: there is none. */
  fallback: string | null
}

const EMPTY: Shape = { type: 'any value', limits: [], values: [], fields: [], variants: [] }

/** Describes a schema; `components` holds what it refers to. */
export function shapeOf(unresolved: JsonSchema, components: Components): Shape {
  const schema = resolve(unresolved, components)
  const choices = choicesOf(schema)
  if (choices) return choiceOf(choices, components)
  if (schema.const !== undefined) return { ...EMPTY, type: String(schema.type), values: [JSON.stringify(schema.const)] }
  if (schema.type === 'array' && isSchema(schema.items)) {
    const item = shapeOf(schema.items, components)
    return { ...item, type: `array of ${item.type}`, limits: [...counted(schema, 'items'), ...item.limits] }
  }
  if (schema.type === 'object' && isSchema(schema.additionalProperties)) {
    const { type } = shapeOf(schema.additionalProperties, components)
    return { ...EMPTY, type: `object with values of ${type}` }
  }
  return {
    ...EMPTY,
    type: schema.format ?? String(schema.type ?? EMPTY.type),
    limits: [...counted(schema, 'characters'), ...ranged(schema)],
    values: (schema.enum ?? []).map((value) => JSON.stringify(value)),
    fields: fieldsOf(schema, components),
  }
}

/** A choice of one is that one, and `null`; a choice of objects is told apart by its constants. */
function choiceOf(choices: readonly JsonSchema[], components: Components): Shape {
  const shapes = choices.filter(({ type }) => type !== 'null').map((choice) => shapeOf(choice, components))
  const nullable = shapes.length < choices.length ? ' or null' : ''
  const [only, ...others] = shapes
  if (only && others.length === 0) return { ...only, type: only.type + nullable }
  if (shapes.every(({ fields }) => fields.length > 0)) {
    return { ...EMPTY, type: 'object', variants: shapes.map(({ fields }) => ({ title: titleOf(fields), fields })) }
  }
  // A refusal to repeat limits of each: the contract's own words come with a refusal.
  return { ...EMPTY, type: [...new Set(shapes.flatMap(({ type }) => type.split(' or ')))].join(' or ') + nullable }
}

const titleOf = (fields: readonly FieldShape[]): string =>
  fields
    .filter(({ values }) => values.length === 1)
    .map(({ name, values }) => `${name}: ${values[0]}`)
    .join(', ')

/** The members of an object. */
export function fieldsOf(schema: JsonSchema, components: Components): FieldShape[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    if (!isSchema(member)) return []
    const shape = shapeOf(member, components)
    const required = (schema.required ?? []).includes(name) && member.default === undefined
    const fallback = member.default === undefined ? null : JSON.stringify(member.default)
    return [{ ...shape, name, required, fallback, description: member.description ?? null }]
  })
}

function counted(schema: JsonSchema, what: 'characters' | 'items'): string[] {
  const [least, most] = what === 'items' ? [schema.minItems, schema.maxItems] : [schema.minLength, schema.maxLength]
  return between(least, most, ` ${what}`)
}

function ranged({ minimum, maximum }: JsonSchema): string[] {
  // Beyond these a double holds no exact integers; nobody chose them as limits.
  const least = minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? undefined : minimum
  const most = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? undefined : maximum
  return between(least, most, '')
}

function between(least: number | undefined, most: number | undefined, unit: string): string[] {
  const [low, high] = [least?.toLocaleString('en'), most?.toLocaleString('en')]
  if (low !== undefined && high !== undefined) return [`${low} to ${high}${unit}`]
  if (high !== undefined) return [`at most ${high}${unit}`]
  return low === undefined ? [] : [`at least ${low}${unit}`]
}
