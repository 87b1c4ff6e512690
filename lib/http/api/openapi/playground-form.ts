import type { z } from 'zod'
import { isOptionalBody, type Operation, type UploadOf } from '@/lib/contracts/operation'
import type { Resource } from '@/lib/contracts/rows/resource'
import { exampleOf, type JsonSchema, wireSchema } from '@/lib/http/api/openapi/schemas'
import { CATALOGUE } from '@/lib/resources/register'

/** One input of the playground's form. */
export type PlaygroundField = {
  name: string
  kind: 'text' | 'number' | 'boolean' | 'choice'
  required: boolean
  description: string | null
  /** What stands in the empty input: the default, or an example. */
  hint: string
  /** Of a choice, as they are sent. */
  choices: (string | number)[]
}

/** An operation as the docs' playground needs it: plain data for the page, without any schema. */
export type PlaygroundOperation = {
  resource: { name: string; title: string }
  method: Operation['method']
  path: string
  scope: string | null
  params: PlaygroundField[]
  query: PlaygroundField[]
  /** `example` is JSON, laid out; `fields` are the members that a form can fill, and may be none. */
  body: { optional: boolean; example: string; fields: PlaygroundField[] } | null
  /** A file is chosen instead of a body. */
  upload: UploadOf | null
  /** What a test token of these pages carries at most. */
  token_scopes: string[]
}

/** Draws the playground of one operation from its contract. */
export function describePlayground(resource: Resource, operation: Operation): PlaygroundOperation {
  const { method, path, scope, params, query, body } = operation
  return {
    resource: { name: resource.name, title: resource.title },
    method,
    path,
    scope,
    params: fieldsOf(params && schemaOf(params)),
    query: fieldsOf(query && schemaOf(query)),
    body: body ? describeBody(operation, schemaOf(body)) : null,
    upload: operation.upload ?? null,
    token_scopes: CATALOGUE.playgroundScopes(resource.name) ?? [],
  }
}

const schemaOf = (schema: z.ZodType): JsonSchema => wireSchema(schema, new Map())

function describeBody(operation: Operation, schema: JsonSchema) {
  return {
    optional: isOptionalBody(operation),
    example: JSON.stringify(startingBody(schema), null, 2),
    fields: fieldsOf(schema),
  }
}

/** The example, with an empty value where a required member has none: the reader sees that it must be filled. */
function startingBody(schema: JsonSchema): unknown {
  const [option] = schema.oneOf ?? schema.anyOf ?? []
  if (typeof option === 'object') return startingBody(option)
  const example: unknown = exampleOf(schema)
  const missing = (schema.required ?? []).flatMap((name) => {
    const member = schema.properties?.[name]
    const has = example !== null && typeof example === 'object' && name in example
    return has || typeof member !== 'object' ? [] : [[name, member.type === 'array' ? [] : ''] as const]
  })
  return missing.length > 0 ? { ...Object.fromEntries(missing), ...Object(example) } : (example ?? {})
}

function fieldsOf(schema: JsonSchema | undefined): PlaygroundField[] {
  return Object.entries(schema?.properties ?? {}).flatMap(([name, member]) => {
    const field = typeof member === 'object' ? describeField(member) : null
    const required = Boolean(schema?.required?.includes(name) && !(typeof member === 'object' && 'default' in member))
    return field ? [{ name, required, ...field }] : []
  })
}

const isNull = (schema: JsonSchema) => schema.type === 'null'
const isScalar = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number'

/** How a value is entered; null for arrays and objects, which are written as JSON. */
function describeField(schema: JsonSchema): Omit<PlaygroundField, 'name' | 'required'> | null {
  const shown = {
    description: schema.description ?? null,
    hint: String([schema.default, schema.examples?.[0]].find(isScalar) ?? ''),
    choices: [],
  }
  const options = (schema.anyOf ?? []).filter((option) => typeof option === 'object').filter((each) => !isNull(each))
  const constants = options.flatMap(({ const: value }) => (isScalar(value) ? [value] : []))
  if (constants.length > 0 && constants.length === options.length)
    return { ...shown, kind: 'choice', choices: constants }
  const [only] = options
  if (only && options.length === 1) {
    const field = describeField(only)
    return field && { ...field, description: shown.description ?? field.description, hint: shown.hint || field.hint }
  }
  // An example beside a list of choices would read as what is chosen.
  const fallback = isScalar(schema.default) ? String(schema.default) : ''
  if (schema.enum) return { ...shown, hint: fallback, kind: 'choice', choices: schema.enum.filter(isScalar) }
  if (schema.type === 'boolean') return { ...shown, kind: 'boolean' }
  if (schema.type === 'integer' || schema.type === 'number') return { ...shown, kind: 'number' }
  return schema.type === 'string' ? { ...shown, hint: shown.hint || hintOf(schema), kind: 'text' } : null
}

function hintOf({ format }: JsonSchema): string {
  if (format === 'date-time') return '2027-01-31T09:00:00Z'
  return format === 'uuid' ? '00000000-0000-0000-0000-000000000000' : ''
}
