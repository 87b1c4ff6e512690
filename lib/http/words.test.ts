import { expect, test } from 'vitest'
import { z } from 'zod'
import { DomainError } from '@/lib/base/errors'
import { validate } from '@/lib/http/validate'

function messagesOf(schema: z.ZodType, input: unknown): string[] {
  try {
    validate(schema, input)
  } catch (error) {
    if (error instanceof DomainError) return error.facts.errors?.map(({ message }) => message) ?? []
  }
  return []
}

test.each<[z.ZodType, unknown, string]>([
  [z.string(), undefined, 'This is missing: text.'],
  [z.string(), 1, 'Text is needed here.'],
  [z.number(), 'x', 'A number is needed here.'],
  [z.int(), 0.5, 'A whole number is needed here.'],
  [z.boolean(), 1, 'True or false is needed here.'],
  [z.array(z.string()), {}, 'A list is needed here.'],
  [z.strictObject({}), [], 'An object is needed here.'],
  [z.record(z.string(), z.string()), 1, 'An object is needed here.'],
  [z.date(), 1, 'Another kind of value is needed here.'],
  [z.enum(['a', 'b']), 'c', 'One of a, b.'],
  [z.string().min(1), '', 'At least 1 character.'],
  [z.string().min(2), '', 'At least 2 characters.'],
  [z.string().max(1), 'ab', 'At most 1 character.'],
  [z.array(z.string()).min(1), [], 'At least 1 item.'],
  [z.array(z.string()).max(2), ['', '', ''], 'At most 2 items.'],
  [z.number().min(1), 0, 'At least 1.'],
  [z.number().max(5), 6, 'At most 5.'],
  [z.strictObject({}), { a: 1 }, 'There is no such field.'],
  [z.record(z.string().max(1), z.string()), { ab: '' }, 'This name is not possible.'],
  [z.string().regex(/^a$/), 'b', 'This is not possible here.'],
])('a value that is not as it must be is told in our words: %#', (schema, input, message) => {
  expect(messagesOf(schema, input)).toEqual([message])
})
