import { z } from 'zod'
import { exactNumber } from '@/lib/contracts/custom-fields'
import { id, text } from '@/lib/contracts/fields'
import type { SortKey } from '@/lib/contracts/page'
import * as r from '@/lib/contracts/rows/kit'
import { LONGEST_TEXT } from '@/lib/resources/projects/contract'

const name = text(100).min(1)
const value = z.union([text(LONGEST_TEXT), exactNumber, z.boolean()], 'Text, a number, or true or false.')
const written = z.record(name, value.nullable())

const example = { task: 'Book the movers', stage: 'planned', due_on: '2027-01-31', cost: 1200 }

/** Checked by the fields of the project, which the verbs read. */
const data = {
  shown: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).meta({
    description: 'By the keys of the project’s fields; a field without a value is absent.',
  }),
  create: written.meta({ example }),
  patch: written.meta({ example: { stage: 'under way' } }),
}

export const recordRows = r.defineRows({
  one: 'record',
  at: '/projects/{id}/records',
  within: { column: 'project_id', table: 'projects', one: 'project' },
  fields: {
    id: r.idField(),
    project_id: r.idField(),
    data,
    ...r.stamps(),
  },
  filters: {
    created_after: r.later('created_at'),
    updated_after: r.later('updated_at', {
      description: 'Changed later than this instant: what another system lacks.',
    }),
  },
  sort: '-created_at',
  activities: { ...r.lifeOf('record'), facts: { project_id: 'project_id' } },
})

const SORT = /^(-?)(created_at|updated_at|data\.\w+)$/

const SORTS =
  'Sort by created_at, updated_at, or one indexed field alone, as data.due_on; a minus before one reverses it.'

const sort = z
  .string()
  .default('-created_at')
  .transform((value, issues): SortKey<string>[] => {
    const keys = value.split(',').flatMap((part): SortKey<string>[] => {
      const [, minus, field] = SORT.exec(part) ?? []
      return field ? [{ field, direction: minus ? 'desc' : 'asc' }] : []
    })
    const isDistinct = new Set(keys.map(({ field }) => field)).size === value.split(',').length
    // An index has one field, with the age behind it.
    const isAlone = keys.length === 1 || !keys.some(({ field }) => field.startsWith('data.'))
    if (!isDistinct || !isAlone) issues.addIssue({ code: 'custom', message: SORTS })
    return keys
  })
  .meta({
    type: 'string',
    default: '-created_at',
    example: '-created_at',
    description:
      '`created_at`, `updated_at`, or one indexed field alone, as `data.due_on`; a minus before one reverses it.',
  })

/** Which fields there are to filter by only the project knows: what begins with `data.` is left to the verb. */
const query = z
  .object({ ...recordRows.query.shape, sort })
  .catchall(text(LONGEST_TEXT))
  .superRefine((sent, issues) => {
    const unknown = Object.keys(sent).filter((key) => !Object.hasOwn(recordRows.query.shape, key) && key !== 'sort')
    const keys = unknown.filter((key) => !key.startsWith('data.'))
    if (keys.length > 0) issues.addIssue({ code: 'unrecognized_keys', keys, input: sent })
  })

const [read, write] = ['records:read', 'records:write']
const params = z.object({ id: id() })
const ofRecord = { path: `${recordRows.at}/{record_id}`, params: z.object({ id: id(), record_id: id() }) } as const

export const recordsContract = r.defineResource({
  name: 'records',
  description:
    'What a project holds: typed data, checked by the fields that the project declares. A field that is declared as indexed filters (`data.stage=done`) and sorts (`sort=-data.due_on`).',
  actions: { read: 'Read records', write: 'Create and update records', delete: 'Delete records' },
  rows: [recordRows],
  operations: {
    list: {
      ...r.listOf(recordRows, read),
      query,
      summary: 'List the records of a project',
      description:
        'Any indexed field filters: `data.stage=done` keeps the records with this value, `data.stage=` those without one. Numbers and days have bounds, too, which they include: `data.due_on.from=2027-01-01`, `data.due_on.to=2027-01-31`. Sorted by a field, text is in the order of its code points, and records without a value come after all others.',
      params,
    },
    create: {
      ...r.createOf(recordRows, write),
      summary: 'Create a record in a project',
      params,
    },
    get: { ...r.getOf(recordRows, read), ...ofRecord },
    update: {
      ...r.patchOf(recordRows, write),
      ...ofRecord,
      description:
        'A JSON merge patch (RFC 7396): fields of `data` that are absent stay, null clears one. The whole record is checked by the fields that the project has now.',
    },
    delete: { ...r.removeOf(recordRows, 'records:delete'), ...ofRecord },
  },
})
