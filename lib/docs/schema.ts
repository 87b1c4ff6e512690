import type { Components, JsonSchema } from '@/lib/http/api/openapi/schemas'

/** How the docs read JSON Schema. */

export const isSchema = (member: unknown): member is JsonSchema => typeof member === 'object' && member !== null

/** The schema that a reference leads to; a schema that is none, itself. */
export function resolve(schema: JsonSchema, components: Components): JsonSchema {
  const name = schema.$ref?.split('/').at(-1)
  return (name !== undefined && components.get(name)) || schema
}

/** The schemas of which one holds; null where there is no choice. A list of types is one too: `["string", "null"]`. */
export function choicesOf(schema: JsonSchema): JsonSchema[] | null {
  const { type, ...rest } = schema
  if (Array.isArray(type)) return type.map((one) => (one === 'null' ? { type: one } : { ...rest, type: one }))
  return (schema.anyOf ?? schema.oneOf)?.filter(isSchema) ?? null
}
