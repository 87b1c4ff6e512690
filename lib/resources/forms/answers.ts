import { z } from 'zod'
import type { FieldError } from '@/lib/base/errors'
import { email, label, text } from '@/lib/contracts/fields'
import type { FormField } from '@/lib/resources/forms/fields/contract'

/** What somebody answered, by the names of the fields; what was left empty is not there. */
export type Answers = Record<string, string | boolean>

/** Names of people are shorter, and what a lead says in its notes may be longer. */
const LONGEST = new Map([
  ['first_name', 100],
  ['last_name', 100],
  ['notes', 10_000],
])

// The spaces before an extension are among those before: told apart, a long row of them would be tried in every way.
const PHONE = /^\+?[\d\s().\-/]{3,}(?:(?:x|ext\.?)\s*\d{1,6})?$/i

const isWeb = (value: string) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)

function answerTo(field: FormField): z.ZodType<string | boolean> {
  const longest = LONGEST.get(field.name)
  switch (field.kind) {
    case 'text':
      return label(longest ?? 200)
    case 'long_text':
      return text(longest ?? 2_000).normalize()
    case 'email':
      return email()
    case 'phone':
      return label(50).refine((value) => PHONE.test(value), 'A phone number, like +44 20 7946 0000.')
    case 'url':
      return text(2_000).trim().refine(isWeb, 'An address, like https://example.com.')
    case 'select':
      return z.enum(field.choices, 'Choose one of these.')
    case 'checkbox':
      return field.required ? z.literal(true, 'Tick this box.') : z.boolean('Ticked or not.')
  }
}

const isBlank = (value: unknown) => value === null || (typeof value === 'string' && value.trim() === '')

const MISSING = { checkbox: 'Tick this box.', select: 'Choose one of these.' } as const

const missing = ({ kind }: FormField) => (kind === 'checkbox' || kind === 'select' ? MISSING[kind] : 'Fill this in.')

/** What is wrong with one answer; null: nothing. */
function objection(field: FormField, value: unknown): string | null {
  if (value === undefined) return field.required ? missing(field) : null
  const result = answerTo(field).safeParse(value, { error: () => 'Text is needed here.' })
  return result.success ? null : (result.error.issues[0]?.message ?? 'This is not possible here.')
}

/**
 * Judges what was sent by the fields of a form; what is blank counts as not sent.
 * @returns the answers as they are kept, or each wrong field
 */
export function readAnswers(
  fields: readonly FormField[],
  sent: Record<string, unknown>,
): { answers: Answers } | { errors: FieldError[] } {
  const given = new Map(Object.entries(sent).filter(([, value]) => !isBlank(value)))
  const asked = new Set(fields.map(({ name }) => name))
  const unknown = Object.keys(sent).flatMap((path) =>
    asked.has(path) ? [] : [{ path, message: 'There is no such field.' }],
  )
  const wrong = fields.flatMap((field) => {
    const message = objection(field, given.get(field.name))
    return message === null ? [] : [{ path: field.name, message }]
  })
  if (wrong.length + unknown.length > 0) return { errors: [...wrong, ...unknown] }
  const answers = fields.flatMap((field) =>
    given.has(field.name) ? [[field.name, answerTo(field).parse(given.get(field.name))] as const] : [],
  )
  return { answers: Object.fromEntries(answers) }
}
