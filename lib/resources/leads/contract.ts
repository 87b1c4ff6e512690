import { z } from 'zod'
import { customFields, customFieldsPatch } from '@/lib/contracts/custom-fields'
import { email, id, instant, text } from '@/lib/contracts/fields'
import { defineResource } from '@/lib/contracts/operation'
import { pageOf, pageQuery, sortQuery } from '@/lib/contracts/page'

const status = z.enum(['new', 'contacted', 'qualified', 'disqualified', 'converted'])

const optional = (max: number, example: string) => text(max).normalize().nullable().optional().meta({ example })

const writable = {
  email: email().meta({ example: 'ada@example.com' }),
  first_name: optional(100, 'Ada'),
  last_name: optional(100, 'Lovelace'),
  company: optional(200, 'Analytical Engines'),
  title: optional(200, 'Mathematician'),
  phone: optional(50, '+44 20 7946 0000'),
  source: optional(100, 'website'),
  status: status.optional().meta({ example: 'new' }),
  notes: optional(10_000, 'Met at the fair.'),
  custom_fields: customFields.optional().meta({ example: { employees: 12 } }),
}

const lead = z
  .object({
    id: id(),
    email: z.string(),
    first_name: z.string().nullable(),
    last_name: z.string().nullable(),
    company: z.string().nullable(),
    title: z.string().nullable(),
    phone: z.string().nullable(),
    source: z.string().nullable(),
    status,
    notes: z.string().nullable(),
    custom_fields: customFields,
    created_at: instant(),
    updated_at: instant(),
  })
  .meta({ id: 'Lead' })

const params = z.object({ id: id() })

export const leadsContract = defineResource({
  name: 'leads',
  title: 'Leads',
  description: 'People who may become customers.',
  actions: {
    read: 'Read leads',
    create: 'Create leads',
    update: 'Update leads',
    delete: 'Delete leads',
  },
  operations: {
    list: {
      method: 'get',
      path: '/leads',
      scope: 'leads:read',
      summary: 'List leads',
      query: z.strictObject({
        ...pageQuery,
        status: status.optional(),
        email: email().optional(),
        q: text(100).min(1).optional().meta({ description: 'Part of a name, an email or a company.' }),
        created_after: instant().optional(),
        sort: sortQuery(['created_at', 'updated_at', 'email'], '-created_at'),
      }),
      reply: { status: 200, schema: pageOf(lead), description: 'A page of leads.' },
    },
    create: {
      method: 'post',
      path: '/leads',
      scope: 'leads:create',
      summary: 'Create a lead',
      body: z.strictObject(writable),
      reply: { status: 201, schema: lead, description: 'The new lead.' },
    },
    get: {
      method: 'get',
      path: '/leads/{id}',
      scope: 'leads:read',
      summary: 'Get a lead',
      params,
      reply: { status: 200, schema: lead, description: 'The lead.' },
    },
    update: {
      method: 'patch',
      path: '/leads/{id}',
      scope: 'leads:update',
      summary: 'Update a lead',
      description: 'A JSON merge patch (RFC 7396): what is absent stays, null clears.',
      params,
      body: z.strictObject({ ...writable, custom_fields: customFieldsPatch }).partial(),
      reply: { status: 200, schema: lead, description: 'The lead as it is now.' },
    },
    delete: {
      method: 'delete',
      path: '/leads/{id}',
      scope: 'leads:delete',
      summary: 'Delete a lead',
      params,
      reply: { status: 204, schema: null, description: 'The lead is gone.' },
    },
  },
})
