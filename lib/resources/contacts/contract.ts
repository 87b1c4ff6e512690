import { z } from 'zod'
import { customFields, customFieldsPatch } from '@/lib/contracts/custom-fields'
import { email, id, instant, text } from '@/lib/contracts/fields'
import { hostName } from '@/lib/contracts/host-name'
import { linkedinUrl } from '@/lib/contracts/linkedin-url'
import { defineResource } from '@/lib/contracts/operation'
import { pageOf, pageQuery, sortQuery } from '@/lib/contracts/page'

const optional = (max: number, example: string) => text(max).normalize().nullable().optional().meta({ example })

const writable = {
  email: email().meta({ example: 'ada@example.com' }),
  first_name: optional(100, 'Ada'),
  last_name: optional(100, 'Lovelace'),
  company: optional(200, 'Analytical Engines'),
  domain: hostName().nullable().optional().meta({ example: 'example.com', description: "The company's domain." }),
  title: optional(200, 'Mathematician'),
  phone: optional(50, '+44 20 7946 0000'),
  linkedin_url: linkedinUrl().nullable().optional().meta({ example: 'https://www.linkedin.com/in/ada' }),
  custom_fields: customFields.optional().meta({ example: { employees: 12 } }),
}

const contact = z.object({
  id: id(),
  email: z.string(),
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  company: z.string().nullable(),
  domain: z.string().nullable(),
  title: z.string().nullable(),
  phone: z.string().nullable(),
  linkedin_url: z.string().nullable(),
  custom_fields: customFields,
  created_at: instant(),
  updated_at: instant(),
})

const params = z.object({ id: id() })

export const contactsContract = defineResource({
  name: 'contacts',
  title: 'Contacts',
  description: 'People that you are in touch with. An email address is one contact, in whatever case it is written.',
  actions: {
    read: 'Read contacts',
    write: 'Create and update contacts',
    delete: 'Delete contacts',
  },
  operations: {
    list: {
      method: 'get',
      path: '/contacts',
      scope: 'contacts:read',
      summary: 'List contacts',
      query: z.strictObject({
        ...pageQuery,
        email: email().optional(),
        company: text(200).min(1).normalize().optional().meta({ description: 'The whole name of the company.' }),
        domain: hostName().optional(),
        q: text(100).min(1).optional().meta({ description: 'Part of a name, an email or a company.' }),
        created_after: instant().optional(),
        sort: sortQuery(['created_at', 'updated_at', 'email'], '-created_at'),
      }),
      reply: { status: 200, schema: pageOf(contact), description: 'A page of contacts.' },
    },
    create: {
      method: 'post',
      path: '/contacts',
      scope: 'contacts:write',
      summary: 'Create a contact',
      body: z.strictObject(writable),
      reply: { status: 201, schema: contact, description: 'The new contact.' },
      errors: ['already_exists'],
    },
    get: {
      method: 'get',
      path: '/contacts/{id}',
      scope: 'contacts:read',
      summary: 'Get a contact',
      params,
      reply: { status: 200, schema: contact, description: 'The contact.' },
    },
    update: {
      method: 'patch',
      path: '/contacts/{id}',
      scope: 'contacts:write',
      summary: 'Update a contact',
      description: 'A JSON merge patch (RFC 7396): what is absent stays, null clears.',
      params,
      body: z.strictObject({ ...writable, custom_fields: customFieldsPatch }).partial(),
      reply: { status: 200, schema: contact, description: 'The contact as it is now.' },
      errors: ['already_exists'],
    },
    delete: {
      method: 'delete',
      path: '/contacts/{id}',
      scope: 'contacts:delete',
      summary: 'Delete a contact',
      description: 'Takes the contact off every list and out of every sequence. Its tasks stay, without the contact.',
      params,
      reply: { status: 204, schema: null, description: 'The contact is gone.' },
    },
  },
})
