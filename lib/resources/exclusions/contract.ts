import { z } from 'zod'
import { email, text } from '@/lib/contracts/fields'
import { hostName } from '@/lib/contracts/host-name'
import { defineRows } from '@/lib/contracts/rows/define'
import { choice, fixed, idField, kept, moment, optional, prose, required } from '@/lib/contracts/rows/field'
import { equal, ownFilter } from '@/lib/contracts/rows/filter'
import { createOf, getOf, listOf, removeOf } from '@/lib/contracts/rows/operations'
import { defineResource } from '@/lib/contracts/rows/resource'

const kind = choice(['email', 'domain'])

const reason = text(500).nullable().optional().meta({ example: 'A competitor.' })

const rule = z
  .discriminatedUnion(
    'kind',
    [
      z.strictObject({ kind: z.literal('email'), value: email(), reason }),
      z.strictObject({ kind: z.literal('domain'), value: hostName(), reason }),
    ],
    { error: ({ code }) => (code === 'invalid_union' ? 'An exclusion of the kind email or domain.' : undefined) },
  )
  .meta({ example: { kind: 'domain', value: 'example.com', reason: 'A competitor.' } })

export const exclusionRows = defineRows({
  table: 'exclusions',
  schema: 'Exclusion',
  one: 'exclusion',
  many: 'exclusions',
  fields: {
    id: idField(),
    kind: fixed(required(kind)),
    value: fixed(required(prose(254))),
    reason: fixed(optional(prose(500))),
    created_at: kept(moment()),
  },
  filters: {
    kind: equal(kind.input),
    q: ownFilter(text(253).min(1).optional().meta({ description: 'What the email or the domain begins with.' })),
  },
  sorts: ['created_at'],
  sort: '-created_at',
  unique: [{ columns: ['kind', 'value'], told: 'This email or domain is excluded already.' }],
  activities: {
    subject: 'exclusion',
    create: 'exclusion.created',
    remove: 'exclusion.deleted',
    facts: { kind: 'kind', value: 'value' },
  },
})

const at = '/exclusions'
const [read, write] = ['exclusions:read', 'exclusions:write']

export const exclusionsContract = defineResource({
  name: 'exclusions',
  title: 'Exclusions',
  description:
    'Emails and domains that are left alone. An excluded contact cannot be enrolled in a sequence and gets no email; a domain excludes its sub-domains too.',
  actions: { read: 'Read exclusion rules', write: 'Create and delete exclusion rules' },
  rows: [exclusionRows],
  operations: {
    list: listOf(exclusionRows, { at, scope: read }),
    create: {
      ...createOf(exclusionRows, { at, scope: write }),
      description: 'Contacts that are enrolled already stay so, but get no more email.',
      body: rule,
    },
    get: getOf(exclusionRows, { at, scope: read }),
    delete: removeOf(exclusionRows, { at, scope: write }),
  },
})
