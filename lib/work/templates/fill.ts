import { type FieldError, validationFailed } from '@/lib/base/errors'
import { type CompiledTemplate, faultOf, type PartName, type TemplatePart } from '@/lib/work/templates/compile'
import { UNSUBSCRIBE_URL, type VariableValues } from '@/lib/work/templates/contract'
import { renderInTime } from '@/lib/work/templates/render'

/** A mail, as a template and its values make it. */
type FilledTemplate = { subject: string; html: string | null; text: string | null }

const LONGEST_SUBJECT = 300
const LONGEST_BODY = 500_000

/** One line: what a value brings of breaks and control characters would begin another header. */
const inOneLine = (text: string) => text.replace(/[\s\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim()

/**
 * Writes a mail from a template.
 * @param given values of its variables
 * @param unsubscribe_url of a campaign's mail; null: the mail has none
 * @throws DomainError validation_failed, which names each variable without a value, each value without a variable, and
 *   the line at which a part cannot be rendered
 */
export function fillTemplate(
  template: CompiledTemplate,
  given: VariableValues,
  unsubscribe_url: string | null = null,
): FilledTemplate {
  const values = valuesOf(template, given, unsubscribe_url)
  const errors: FieldError[] = []
  function render(name: PartName, { engine, pieces }: TemplatePart, longest: number): string {
    try {
      // Half a character, and the one that Postgres cannot hold, are what filters can make of whole ones.
      const text = renderInTime(engine, pieces, values).toWellFormed().replaceAll('\0', '')
      if (text.length > longest) {
        errors.push({ path: name, message: `It is longer than ${longest.toLocaleString('en-US')} characters.` })
      }
      return text
    } catch (error) {
      errors.push({ path: name, message: faultOf(error) })
      return ''
    }
  }
  const filled = {
    subject: inOneLine(render('subject', template.subject, LONGEST_BODY)),
    html: template.html && render('html', template.html, LONGEST_BODY),
    text: template.text && render('text', template.text, LONGEST_BODY),
  }
  const { length } = [...filled.subject]
  if (errors.length === 0 && (length === 0 || length > LONGEST_SUBJECT)) {
    errors.push({ path: 'subject', message: `It has ${length} characters: 1 to ${LONGEST_SUBJECT} make a subject.` })
  }
  if (errors.length > 0) throw validationFailed(errors)
  return filled
}

/** @throws DomainError validation_failed */
function valuesOf(template: CompiledTemplate, given: VariableValues, unsubscribe_url: string | null) {
  const names = new Set(template.variables.map(({ name }) => name))
  const unknown = Object.keys(given).filter((name) => !names.has(name))
  const values = new Map<string, unknown>()
  for (const { name, default: otherwise } of template.variables) {
    values.set(name, Object.hasOwn(given, name) ? given[name] : otherwise)
  }
  const missing = [...values].flatMap(([name, value]) => (value === null ? [name] : []))
  if (unsubscribe_url !== null) values.set(UNSUBSCRIBE_URL, unsubscribe_url)
  else if (usesUnsubscribe(template)) missing.push(UNSUBSCRIBE_URL)
  const errors = [
    ...unknown.map((name) => ({ path: `variables.${name}`, message: 'The template has no such variable.' })),
    ...missing.map((name) => ({ path: `variables.${name}`, message: whyMissing(name) })),
  ]
  if (errors.length > 0) throw validationFailed(errors)
  return Object.fromEntries(values)
}

const whyMissing = (name: string) =>
  name === UNSUBSCRIBE_URL
    ? 'Only the mails of campaigns have a link to unsubscribe: use a template without it.'
    : `The template needs a value for ${name}.`

const usesUnsubscribe = ({ subject, html, text }: CompiledTemplate) =>
  [subject, html, text].some((part) => part?.variables.has(UNSUBSCRIBE_URL))

/** What a preview shows: the values that are given, and the examples of the others. */
export const withExamples = ({ variables }: CompiledTemplate, given: VariableValues): VariableValues => ({
  ...Object.fromEntries(variables.map(({ name, example }) => [name, example])),
  ...given,
})
