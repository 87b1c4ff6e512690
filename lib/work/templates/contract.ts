import { z } from 'zod'
import { customFields, exactNumber } from '@/lib/contracts/custom-fields'
import { text } from '@/lib/contracts/fields'

/** Browser-safe: what templates are filled with. */

const MAX_VARIABLES = 50
const MAX_ITEMS = 100

/** What a campaign gives each of its mails, beside the variables that the template declares. */
export const UNSUBSCRIBE_URL = 'unsubscribe_url'

/** Words that Liquid reads as something else than a variable. */
const RESERVED = ['true', 'false', 'nil', 'null', 'empty', 'blank', 'and', 'or', 'not', 'contains', 'in']

const variableName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, 'A letter, then letters, digits and underscores, at most 64.')
  .refine((name) => name !== UNSUBSCRIBE_URL, `Campaigns give ${UNSUBSCRIBE_URL} themselves: do not declare it.`)
  .refine((name) => !RESERVED.includes(name), 'Liquid reads this word as something else.')

const plain = z.union([text(10_000), exactNumber, z.boolean()])

const value = z.union(
  [plain, z.array(z.union([plain, customFields])).max(MAX_ITEMS)],
  `Text, a number, true or false, or a list of at most ${MAX_ITEMS} of these or of flat objects.`,
)

/** A value by the name of its variable. */
export const variableValues = z
  .record(text(64).min(1), value)
  .refine((all) => Object.keys(all).length <= MAX_VARIABLES, `At most ${MAX_VARIABLES} variables.`)

const declared = z.strictObject({
  name: variableName,
  description: text(500).nullable().default(null),
  example: value.meta({ description: 'What a preview shows where no value is given.' }),
  default: value
    .nullable()
    .default(null)
    .meta({ description: 'What is used where no value is given; null: one must be.' }),
})

export const declaredVariables = z
  .array(declared)
  .max(MAX_VARIABLES, `At most ${MAX_VARIABLES} variables.`)
  .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'Each variable once.')

export type VariableValues = z.output<typeof variableValues>
export type DeclaredVariables = z.output<typeof declaredVariables>

/** As replies and rows have a value. */
const shownPlain = z.union([z.string(), z.number(), z.boolean()])
const shownItem = z.union([shownPlain, z.record(z.string(), shownPlain)])
const shownValue = z.union([shownPlain, z.array(shownItem)])

export const shownVariables = z.array(
  z.object({
    name: z.string(),
    description: z.string().nullable(),
    example: shownValue,
    default: shownValue.nullable(),
  }),
)

export const shownValues = z.record(z.string(), shownValue)
