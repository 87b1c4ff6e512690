import { z } from 'zod'
import { id, label } from '@/lib/contracts/fields'
import * as r from '@/lib/contracts/rows/kit'

const FIELD_TYPES = ['text', 'number', 'boolean', 'date', 'enum', 'contact'] as const

const MOST_FIELDS = 50
export const MOST_INDEXED = 5
const MOST_VALUES = 100

export const LONGEST_TEXT = 2_000
const LONGEST_INDEXED_TEXT = 200

/** Characters of a text: an index holds shorter ones. */
export const longestOf = ({ indexed }: { indexed: boolean }) => (indexed ? LONGEST_INDEXED_TEXT : LONGEST_TEXT)

/** What a record has beside its data, and what every object of JavaScript has: names that would mislead or harm. */
const RESERVED = ['id', 'project_id', 'created_at', 'updated_at', 'version', 'constructor', 'prototype']

const KEY = /^[a-z][a-z0-9_]{0,49}$/

const key = z
  .string()
  .regex(KEY, 'Lower-case letters, digits and underscores, a letter first, at most 50.')
  .refine((name) => !RESERVED.includes(name), 'This name is reserved. Choose another.')
  .meta({ description: 'Its name in `data`. It stays: another key is another field.' })

const type = z.enum(FIELD_TYPES).meta({ description: '`date`: a day without a time. `contact`: the id of a contact.' })

const indexed = {
  description: `Records can be filtered and sorted by it. At most ${MOST_INDEXED} fields are; a text then has at most ${LONGEST_INDEXED_TEXT} characters.`,
}
const required = { description: 'Every record has a value.' }
const labelled = { description: 'What people call it; the key, where it is not said.' }

const values = z
  .array(label(100))
  .min(1, 'At least one value.')
  .max(MOST_VALUES, `At most ${MOST_VALUES} values.`)
  .refine((all) => new Set(all).size === all.length, 'Each value once.')
  .meta({ description: 'Of an enum: what it may be.' })

const declaredField = z
  .strictObject({
    key,
    label: label(100).optional().meta(labelled),
    type,
    values: values.optional(),
    required: z.boolean().default(false).meta(required),
    indexed: z.boolean().default(false).meta(indexed),
  })
  .superRefine(({ type, values }, issues) => {
    if (type === 'enum' && !values) {
      issues.addIssue({ code: 'custom', path: ['values'], message: 'Say the values of the enum.' })
    }
    if (type !== 'enum' && values) {
      issues.addIssue({ code: 'custom', path: ['values'], message: 'Only an enum has values.' })
    }
  })
  .transform((field) => ({ ...field, label: field.label ?? field.key }))

/** What a project says of one field of its records. */
export type ProjectField = z.output<typeof declaredField>

const projectField = z
  .object({
    key: z.string(),
    label: z.string(),
    type,
    values: z.array(z.string()).optional().meta({ description: 'Of an enum alone.' }),
    required: z.boolean(),
    indexed: z.boolean(),
  })
  .meta({ id: 'ProjectField' })

const example = [
  { key: 'task', label: 'Task', type: 'text', required: true },
  {
    key: 'stage',
    label: 'Stage',
    type: 'enum',
    values: ['planned', 'under way', 'done'],
    required: true,
    indexed: true,
  },
  { key: 'due_on', label: 'Due', type: 'date', indexed: true },
  { key: 'cost', label: 'Cost', type: 'number' },
  { key: 'supplier', label: 'Supplier', type: 'contact' },
]

const declaredFields = z
  .array(declaredField)
  .max(MOST_FIELDS, `At most ${MOST_FIELDS} fields.`)
  .superRefine((all, issues) => {
    const seen = new Set<string>()
    for (const [index, { key }] of all.entries()) {
      if (seen.has(key)) issues.addIssue({ code: 'custom', path: [index, 'key'], message: 'Each key once.' })
      seen.add(key)
    }
    if (all.filter((field) => field.indexed).length > MOST_INDEXED) {
      issues.addIssue({ code: 'custom', message: `At most ${MOST_INDEXED} fields are indexed.` })
    }
  })

const fields = {
  shown: z.array(projectField),
  create: declaredFields.optional().meta({ example, description: 'What its records hold, in this order.' }),
  patch: null,
  initial: [],
}

export const projectRows = r.defineRows({
  one: 'project',
  fields: {
    id: r.idField(),
    name: r.required(r.line(200), { example: 'Move to Harbour Street' }),
    description: r.optional(r.prose(2_000), { example: 'Everything that must be done before the lease ends.' }),
    fields,
    ...r.stamps(),
  },
  filters: {
    name: r.equal(r.line(200), { description: 'The whole name.' }),
    created_after: r.later('created_at'),
  },
  sorts: ['created_at', 'name'],
  activities: r.lifeOf('project'),
})

const fieldConflict = r.named('FieldConflict', {
  field: z.string().meta({ description: 'The key of the field.' }),
  reason: z.enum(['removed', 'unfit', 'missing']).meta({
    description:
      '`removed`: they have a value of a field that is no more; `unfit`: their value is none of the new field; `missing`: they lack what is required now.',
  }),
  records: z.int().meta({ description: 'How many records.' }),
  clearable: z.boolean().meta({
    description: 'Whether `clear` would take these values away. A required field is never cleared.',
  }),
})

const fieldCheck = r.named('FieldCheck', {
  records: z.int().meta({ description: 'Records that would no longer do, each counted once.' }),
  conflicts: z.array(fieldConflict),
})

const newFields = declaredFields.meta({ example: example.slice(0, 4), description: 'All fields, in their order.' })

const onConflict = z
  .enum(['refuse', 'clear'])
  .default('refuse')
  .meta({ description: '`refuse`: nothing changes. `clear`: the values that no longer do are taken away.' })

const [read, write] = ['projects:read', 'projects:write']
const ofFields = { scope: write, bulk: true, params: z.object({ id: id() }) } as const

export const projectsContract = r.defineResource({
  name: 'projects',
  description:
    'What a team works on. A project declares the fields of its records: text, numbers, true or false, days, one of several values, contacts.',
  actions: {
    read: 'Read projects and their fields',
    write: 'Create and update projects, and change their fields',
    delete: 'Delete projects with their records',
  },
  activities: [{ type: 'project.fields_changed', details: { fields: ['stage'], cleared: 3 } }],
  rows: [projectRows],
  operations: {
    list: r.listOf(projectRows, read),
    create: r.createOf(projectRows, write),
    get: r.getOf(projectRows, read),
    update: {
      ...r.patchOf(projectRows, write),
      description:
        'A JSON merge patch (RFC 7396) of its name and description. Its fields are set by an operation of their own.',
    },
    delete: {
      ...r.removeOf(projectRows, 'projects:delete'),
      description: 'Its records go with it. A project of more than 100,000 records stays: delete records first.',
      errors: ['in_use'],
    },
    checkFields: {
      ...ofFields,
      method: 'post',
      path: '/projects/{id}/fields/check',
      summary: 'Check new fields of a project',
      description:
        'Tells how many records would no longer do if these were its fields, and changes nothing. A value stays where it fits the new field as it is written: no text becomes a number.',
      body: z.strictObject({ fields: newFields }),
      reply: { status: 200, schema: fieldCheck, description: 'What stands in the way.' },
    },
    setFields: {
      ...ofFields,
      method: 'put',
      path: '/projects/{id}/fields',
      summary: 'Set the fields of a project',
      description:
        'These fields instead of those that it has; a field that is left out is removed. Where records would no longer do, the call is refused, or clears their values where `on_conflict` says so; what is required and missing must be filled in first. Records that are written meanwhile wait, and are checked by the new fields. At most 25,000 records are changed or indexed by one call.',
      body: z.strictObject({ fields: newFields, on_conflict: onConflict }),
      errors: ['in_use'],
      etag: true,
      preconditions: r.MATCH,
      reply: { status: 200, schema: projectRows.row, description: 'The project as it is now.' },
    },
  },
})
