import { z } from 'zod'
import { email, text } from '@/lib/contracts/fields'
import { hostName } from '@/lib/contracts/host-name'
import * as r from '@/lib/contracts/rows/kit'

const kind = r.choice(['email', 'domain'])

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

export const exclusionRows = r.defineRows({
  one: 'exclusion',
  fields: {
    id: r.idField(),
    kind: r.fixed(r.required(kind)),
    value: r.fixed(r.required(r.prose(254))),
    reason: r.fixed(r.optional(r.prose(500))),
    created_at: r.kept(r.moment()),
  },
  filters: {
    kind: r.equal(kind),
    q: {
      ...r.ownFilter(text(253).min(1).optional().meta({ description: 'What the email or the domain begins with.' })),
      searches: true,
    },
  },
  sorts: ['created_at'],
  unique: [{ columns: ['kind', 'value'], told: 'This email or domain is excluded already.' }],
  activities: {
    subject: 'exclusion',
    create: 'exclusion.created',
    remove: 'exclusion.deleted',
    facts: { kind: 'kind', value: 'value' },
  },
})

export const exclusionsContract = r.defineResource({
  name: 'exclusions',
  description:
    'Emails and domains that are left alone. An excluded contact cannot be enrolled in a sequence and gets no email; a domain excludes its sub-domains too.',
  actions: { read: 'Read exclusion rules', write: 'Create and delete exclusion rules' },
  rows: [exclusionRows],
  operations: {
    list: r.listOf(exclusionRows, 'exclusions:read'),
    create: {
      ...r.createOf(exclusionRows, 'exclusions:write'),
      description: 'Contacts that are enrolled already leave their sequences at the next step, and get no more email.',
      body: rule,
    },
    get: r.getOf(exclusionRows, 'exclusions:read'),
    delete: r.removeOf(exclusionRows, 'exclusions:write'),
  },
})
