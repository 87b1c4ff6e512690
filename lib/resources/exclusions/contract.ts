import { z } from 'zod'
import { email, id, instant, text } from '@/lib/contracts/fields'
import { hostName } from '@/lib/contracts/host-name'
import { defineResource } from '@/lib/contracts/operation'
import { pageOf, pageQuery, sortQuery } from '@/lib/contracts/page'

const kind = z.enum(['email', 'domain'])

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

const exclusion = z.object({
  id: id(),
  kind,
  value: z.string(),
  reason: z.string().nullable(),
  created_at: instant(),
})

const params = z.object({ id: id() })

export const exclusionsContract = defineResource({
  name: 'exclusions',
  title: 'Exclusions',
  description:
    'Emails and domains that are left alone. An excluded contact cannot be enrolled in a sequence and gets no email; a domain excludes its sub-domains too.',
  actions: { read: 'Read exclusion rules', write: 'Create and delete exclusion rules' },
  operations: {
    list: {
      method: 'get',
      path: '/exclusions',
      scope: 'exclusions:read',
      summary: 'List exclusions',
      query: z.strictObject({
        ...pageQuery,
        kind: kind.optional(),
        q: text(253).min(1).optional().meta({ description: 'What the email or the domain begins with.' }),
        sort: sortQuery(['created_at'], '-created_at'),
      }),
      reply: { status: 200, schema: pageOf(exclusion), description: 'A page of exclusions.' },
    },
    create: {
      method: 'post',
      path: '/exclusions',
      scope: 'exclusions:write',
      summary: 'Create an exclusion',
      description: 'Contacts that are enrolled already stay so, but get no more email.',
      body: rule,
      errors: ['already_exists'],
      reply: { status: 201, schema: exclusion, description: 'The new exclusion.' },
    },
    get: {
      method: 'get',
      path: '/exclusions/{id}',
      scope: 'exclusions:read',
      summary: 'Get an exclusion',
      params,
      reply: { status: 200, schema: exclusion, description: 'The exclusion.' },
    },
    delete: {
      method: 'delete',
      path: '/exclusions/{id}',
      scope: 'exclusions:write',
      summary: 'Delete an exclusion',
      params,
      reply: { status: 204, schema: null, description: 'The exclusion is gone.' },
    },
  },
})
