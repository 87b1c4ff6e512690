import { z } from 'zod'
import { text } from '@/lib/contracts/fields'
import type { Told } from '@/lib/contracts/rows/told'

/** Browser-safe: what an event must be to start a flow. */

const MAX_CONDITIONS = 10

/** What is asked of the contact that the event is of. */
const OF_CONTACTS = ['email', 'first_name', 'last_name', 'company', 'domain', 'title'] as const

const condition = z.strictObject({
  field: z.string().regex(/^(details|contact)\.[a-z_]{1,50}$/, 'A field like details.form_id or contact.company.'),
  operator: z.enum(['is', 'is_not']).meta({ description: 'Of a list, `is` asks whether the value is in it.' }),
  value: z.union([text(500), z.number(), z.boolean()], 'Text, a number, or true or false.'),
})

export type FlowCondition = z.output<typeof condition>

/** All of them must hold. */
export const flowConditions = z.array(condition).max(MAX_CONDITIONS, `At most ${MAX_CONDITIONS} conditions.`)

const LOWER_CASE = ['contact.email', 'contact.domain']

const WORDS: Record<string, string> = { string: 'text', number: 'a number', boolean: 'true or false' }

/** Why a condition can hold of no event of this kind, or of every one; null: it can, or not. */
function objection({ field, value }: FlowCondition, event: string, { details, among }: Told): string | null {
  const [source, name = ''] = field.split('.')
  if (source === 'contact') {
    if (!OF_CONTACTS.some((known) => known === name)) return `A contact has ${OF_CONTACTS.join(', ')}.`
    if (typeof value !== 'string') return 'What contacts have is text.'
    return LOWER_CASE.includes(field) && value !== value.toLowerCase() ? 'This is kept in lower case.' : null
  }
  if (!Object.hasOwn(details, name)) {
    const known = Object.keys(details)
    return known.length === 0 ? `${event} tells no details.` : `${event} tells ${known.join(', ')}.`
  }
  const example = details[name]
  const told: unknown = Array.isArray(example) ? (example[0] ?? '') : example
  const word = WORDS[typeof told]
  if (word !== undefined && typeof told !== typeof value) return `What ${event} tells there is ${word}.`
  const possible = among[name]
  if (possible && !possible.some((one) => one === value))
    return `What ${event} tells there is one of ${possible.join(', ')}.`
  return null
}

/** Whether two conditions ask for what cannot be at once. A list may hold both of two values. */
function excludes(one: FlowCondition, other: FlowCondition, { details }: Told): boolean {
  if (one.field !== other.field) return false
  const same = one.value === other.value
  if (one.operator !== other.operator) return same
  const isList = Array.isArray(details[one.field.replace('details.', '')])
  return one.operator === 'is' && !same && !isList
}

/**
 * What is wrong with what starts a flow: it could never happen.
 * @param told what events of this kind tell; undefined: there are none
 */
export function objectionsTo(event: string, conditions: readonly FlowCondition[], told: Told | undefined) {
  if (!told) return [{ path: 'event', message: 'There are no such events.' }]
  if (!told.contact)
    return [{ path: 'event', message: `${event} is about no contact: there is nobody to take through steps.` }]
  return conditions.flatMap((one, index) => {
    const message = objection(one, event, told)
    if (message !== null) return [{ path: `conditions.${index}`, message }]
    const before = conditions.slice(0, index).findIndex((other) => excludes(one, other, told))
    return before < 0
      ? []
      : [{ path: `conditions.${index}`, message: `This and the condition ${before + 1} never hold at once.` }]
  })
}
