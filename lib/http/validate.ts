import type { z } from 'zod'
import { type FieldError, validationFailed } from '@/lib/base/errors'
import { inOurWords } from '@/lib/http/issue-words'

/** zod's issues as field errors; an unknown key is reported at its own place. */
function fieldErrors(issues: z.core.$ZodIssue[]): FieldError[] {
  return issues.flatMap((issue): FieldError[] => {
    const path = issue.path.map(String)
    if (issue.code !== 'unrecognized_keys') return [{ path: path.join('.'), message: issue.message }]
    return issue.keys.map((key) => ({ path: [...path, key].join('.'), message: 'There is no such field.' }))
  })
}

/**
 * Checks input at an edge.
 * @throws DomainError validation_failed, with every wrong field
 */
export function validate<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  return check(schema, input, (error) => error)
}

function check<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  explain: (error: FieldError) => FieldError,
): z.output<Schema> {
  const result = schema.safeParse(input, { error: inOurWords })
  if (result.success) return result.data
  throw validationFailed(fieldErrors(result.error.issues).map(explain))
}

/**
 * Checks a query string: a parameter that the schema does not name, or one given twice, is refused.
 * @throws DomainError validation_failed
 */
export function validateQuery<Schema extends z.ZodType>(schema: Schema, query: URLSearchParams): z.output<Schema> {
  const names = [...query.keys()]
  const repeated = names.filter((name, index) => names.indexOf(name) !== index)
  if (repeated.length > 0) {
    throw validationFailed([...new Set(repeated)].map((path) => ({ path, message: 'Send this parameter once.' })))
  }
  const found = check(schema, Object.fromEntries(query), ({ path, message }) => ({
    path,
    message: query.get(path)?.includes(' ') ? `${message} ${PLUS}` : message,
  }))
  // Asked for with a space cut off, "+ada@example.com" would find somebody else.
  const kept = new Map<string, unknown>(Object.entries(Object(found)))
  const cut = [...query].filter(([name, value]) => hasOuterSpace(value) && !hasOuterSpace(kept.get(name)))
  if (cut.length > 0) {
    throw validationFailed(cut.map(([path]) => ({ path, message: `Leave out the spaces around it. ${PLUS}` })))
  }
  return found
}

const PLUS = 'In a query + means a space; a + itself is %2B.'

const hasOuterSpace = (value: unknown): boolean => typeof value === 'string' && value.trim() !== value
