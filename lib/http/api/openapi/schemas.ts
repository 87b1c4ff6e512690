import { z } from 'zod'

/** A JSON Schema of draft 2020-12, which is what OpenAPI 3.1 is made of. */
export type JsonSchema = z.core.JSONSchema.JSONSchema

/** Schemas that stand once in the document, by their names. */
export type Components = Map<string, JsonSchema>

const reference = (name: string) => `#/components/schemas/${name}`

/**
 * What a contract's schema is on the wire. Replies are encoded, requests are parsed: for both the wire is the schema's
 * input side. A schema with an `id` in its metadata goes to `components` and leaves a reference.
 */
export function wireSchema(schema: z.ZodType, components: Components): JsonSchema {
  const {
    $schema: _,
    $defs = {},
    ...rest
  } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const meta = z.globalRegistry.get(zodSchema)
      delete jsonSchema.id
      delete jsonSchema.example
      // OpenAPI 3.1 has JSON Schema's list of examples; a single `example` is its past.
      if (meta?.example !== undefined) jsonSchema.examples = [meta.example]
      // zod leaves out the default of what it transforms, though the wire has one.
      if (meta?.default !== undefined) Object.assign(jsonSchema, { default: meta.default })
      // A format says it better than zod's own pattern, and a number that arrives as text is a number in the document.
      const isOurs = meta?.pattern !== undefined
      if (!isOurs && (jsonSchema.format || jsonSchema.type === 'integer')) delete jsonSchema.pattern
    },
  })
  for (const [name, definition] of Object.entries($defs)) components.set(name, relocate(definition))
  return relocate(rest)
}

/** References into `$defs` become references to components. */
function relocate<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (name, member: unknown) =>
    name === '$ref' && typeof member === 'string' ? reference(member.replace('#/$defs/', '')) : member,
  )
}

/** The example value of a schema, made from the examples of its members; undefined where a required one has none. */
export function exampleOf(schema: JsonSchema): unknown {
  if (schema.examples?.length) return schema.examples[0]
  if (schema.const !== undefined) return schema.const
  if (schema.type !== 'object' || !schema.properties) return undefined
  const members = Object.entries(schema.properties).flatMap(([name, member]) => {
    const example = typeof member === 'object' ? exampleOf(member) : undefined
    return example === undefined ? [] : [[name, example] as const]
  })
  return Object.fromEntries(members)
}
