import type { Resource } from '@/lib/contracts/rows/resource'
import { choicesOf, isSchema, resolve } from '@/lib/docs/schema'
import { type Components, exampleOf, type JsonSchema, wireSchema } from '@/lib/http/api/openapi/schemas'

const ID = '0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c'
const INSTANT = '2027-01-31T09:00:00.000Z'

/** What members of these names look like in every resource. The key is one that its own checksum gives away. */
const FAMILIAR: Record<string, unknown> = {
  key: 'lk_live_7Qd2xKpN8vTzR4mYw1LsBc9fHjGa3e0mLq17',
  key_prefix: 'lk_live_7Qd2xK',
  key_name: 'crm-sync-production',
  scopes: ['contacts:read'],
  email: 'ada@example.com',
  name: 'Ada Lovelace',
  domain: 'example.com',
  rate_limit: 600,
  revoked_at: null,
  revoked_reason: null,
  rotated_at: null,
  retires_at: null,
  successor_id: null,
  next_cursor: null,
  has_more: false,
}

/** What requests of a resource look like, by the names of their members. */
function sent(resource: Resource): Record<string, unknown> {
  const bodies = Object.values(resource.operations).flatMap(({ body }) => {
    const example = body && exampleOf(wireSchema(body, new Map()))
    return typeof example === 'object' ? [{ ...example }] : []
  })
  return Object.assign({}, ...bodies.toReversed())
}

/** Whether a value may stand where the schema is: enough to know a name that means something else here. */
function suits(value: unknown, schema: JsonSchema): boolean {
  const choices = choicesOf(schema)
  if (choices) return choices.some((choice) => suits(value, choice))
  if (schema.enum) return schema.enum.some((one) => one === value)
  if (schema.const !== undefined) return schema.const === value
  if (value === null) return schema.type === 'null'
  if (Array.isArray(value)) {
    const { items } = schema
    return schema.type === 'array' && isSchema(items) && value.every((item) => suits(item, items))
  }
  if (typeof value === 'object') return schema.type === 'object' && schema.additionalProperties !== undefined
  return schema.type === (typeof value === 'number' ? 'integer' : typeof value)
}

/** An example of a schema of which nothing is known but its form. */
function invent(schema: JsonSchema, draw: (schema: JsonSchema) => unknown): unknown {
  const choices = choicesOf(schema)
  const [first] = choices ?? []
  if (first) return choices?.some(({ type }) => type === 'null') && !first.format ? null : draw(first)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.format === 'uuid') return ID
  if (schema.format === 'date-time') return INSTANT
  if (schema.type === 'array') return isSchema(schema.items) ? [draw(schema.items)] : []
  if (schema.type === 'integer' || schema.type === 'number') return 1
  if (schema.type === 'boolean') return false
  return schema.type === 'string' ? 'text' : {}
}

/** The body that a successful reply may have; undefined for a reply without one. */
export function replyExample(resource: Resource, name: string): unknown {
  const schema = resource.operations[name]?.reply.schema
  if (!schema) return undefined
  const components: Components = new Map()
  const familiar: Record<string, unknown> = { ...FAMILIAR, ...sent(resource) }

  function draw(unresolved: JsonSchema, member?: string): unknown {
    const schema = resolve(unresolved, components)
    if (schema.examples?.length) return schema.examples[0]
    const known = member === undefined ? undefined : familiar[member]
    if (known !== undefined && suits(known, schema)) return known
    if (!schema.properties) return invent(schema, (inner) => draw(inner))
    const members = Object.entries(schema.properties).filter(([, inner]) => isSchema(inner))
    return Object.fromEntries(members.map(([name, inner]) => [name, isSchema(inner) ? draw(inner, name) : null]))
  }
  return draw(wireSchema(schema, components))
}
