import { z } from 'zod'
import { label } from '@/lib/contracts/fields'

/** The fields that forms are made of, as their makers write them. */

/** Each becomes a field of the lead. */
const MAX_FORM_FIELDS = 30

const MAX_CHOICES = 50

const common = {
  name: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,49}$/, 'A name of a-z, 0-9 and _, up to 50 characters.')
    .meta({ description: 'The name of the answer. `email`, `first_name`, `company` … fill those of the lead.' }),
  label: label(200),
  required: z.boolean().default(false),
  help: label(300).nullable().default(null).meta({ description: 'Stands below the label.' }),
}

const choices = z
  .array(label(200))
  .min(1, 'At least one choice.')
  .max(MAX_CHOICES, `At most ${MAX_CHOICES} choices.`)
  .refine((all) => new Set(all).size === all.length, 'Each choice once.')

const PLAIN_KINDS = ['text', 'long_text', 'email', 'phone', 'url', 'checkbox'] as const

const field = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.enum(PLAIN_KINDS), ...common }),
    z.strictObject({ kind: z.literal('select'), ...common, choices }),
  ],
  {
    error: ({ code }) =>
      code === 'invalid_union' ? `A field of the kind ${PLAIN_KINDS.join(', ')} or select.` : undefined,
  },
)

export type FormField = z.output<typeof field>

/** The answers that are fields of the lead by themselves, with the kinds that suit them. */
const OF_A_LEAD = {
  email: ['email'],
  first_name: ['text'],
  last_name: ['text'],
  company: ['text', 'select'],
  title: ['text', 'select'],
  phone: ['phone'],
  notes: ['text', 'long_text'],
} as const satisfies Record<string, readonly FormField['kind'][]>

export const isOfLead = (name: string): name is keyof typeof OF_A_LEAD => Object.hasOwn(OF_A_LEAD, name)

const kindsFor = (name: string): readonly FormField['kind'][] | null => (isOfLead(name) ? OF_A_LEAD[name] : null)

/** In the order in which they are asked. */
export const formFields = z
  .array(field)
  .max(MAX_FORM_FIELDS, `At most ${MAX_FORM_FIELDS} fields.`)
  .superRefine((fields, issues) => {
    for (const [index, { name, kind }] of fields.entries()) {
      const say = (member: string, message: string) =>
        issues.addIssue({ code: 'custom', path: [index, member], message })
      if (fields.findIndex((other) => other.name === name) < index) say('name', 'Each name once.')
      const kinds = kindsFor(name)
      if (kinds && !kinds.includes(kind)) say('kind', `The field ${name} is of the kind ${kinds.join(' or ')}.`)
    }
    if (fields.some(({ name, required }) => name === 'email' && required)) return
    issues.addIssue({ code: 'custom', message: 'A form asks for the email: add a required field with the name email.' })
  })
