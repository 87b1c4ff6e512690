import { z } from 'zod'
import { id, instant, label, text } from '@/lib/contracts/fields'
import { defineResource } from '@/lib/contracts/operation'
import { pageOf, pageQuery, sortQuery } from '@/lib/contracts/page'

/** Contacts that one call adds or removes. */
const MAX_BULK = 100

const EXAMPLE_ID = '0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c'

const writable = {
  name: label(200).meta({ example: 'Fair in Lisbon' }),
  description: text(2_000).nullable().optional().meta({ example: 'Everyone who left a card.' }),
}

const list = z.object({
  id: id(),
  name: z.string(),
  description: z.string().nullable(),
  contact_count: z.int().meta({ description: 'Contacts on the list.' }),
  created_at: instant(),
  updated_at: instant(),
})

const member = z.object({
  id: id().meta({ description: 'Id of the contact.' }),
  email: z.string(),
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  company: z.string().nullable(),
  added_at: instant(),
})

const addition = z.object({
  id: id().meta({ description: 'Id of the contact.' }),
  result: z
    .enum(['added', 'already_there', 'not_found'])
    .meta({ description: '`not_found`: there is no such contact.' }),
})

const removal = z.object({
  id: id().meta({ description: 'Id of the contact.' }),
  result: z
    .enum(['removed', 'not_there', 'not_found'])
    .meta({ description: '`not_there`: the contact was not on the list; `not_found`: there is no such contact.' }),
})

const results = <Item extends z.ZodType>(item: Item) =>
  z.object({ data: z.array(item).meta({ description: 'One for each id, in the order in which they were sent.' }) })

const params = z.object({ id: id() })
const memberParams = z.object({ id: id(), contact_id: id() })

const bulk = z.strictObject({
  contact_ids: z
    .array(id().toLowerCase())
    .min(1, 'At least one id.')
    .max(MAX_BULK, `At most ${MAX_BULK} ids.`)
    .meta({ example: [EXAMPLE_ID] }),
})

export const contactListsContract = defineResource({
  name: 'contact_lists',
  alias: 'lists',
  title: 'Contact lists',
  description: 'Lists of contacts. Every path is also served below `/lists`.',
  actions: {
    read: 'Read contact lists and who is on them',
    write: 'Create and update contact lists, add and remove contacts',
    delete: 'Delete contact lists',
  },
  operations: {
    list: {
      method: 'get',
      path: '/contact_lists',
      scope: 'contact_lists:read',
      summary: 'List contact lists',
      query: z.strictObject({
        ...pageQuery,
        name: label(200).optional().meta({ description: 'The whole name.' }),
        created_after: instant().optional(),
        sort: sortQuery(['created_at', 'name'], '-created_at'),
      }),
      reply: { status: 200, schema: pageOf(list), description: 'A page of contact lists.' },
    },
    create: {
      method: 'post',
      path: '/contact_lists',
      scope: 'contact_lists:write',
      summary: 'Create a contact list',
      body: z.strictObject(writable),
      reply: { status: 201, schema: list, description: 'The new list.' },
    },
    get: {
      method: 'get',
      path: '/contact_lists/{id}',
      scope: 'contact_lists:read',
      summary: 'Get a contact list',
      params,
      reply: { status: 200, schema: list, description: 'The list.' },
    },
    update: {
      method: 'patch',
      path: '/contact_lists/{id}',
      scope: 'contact_lists:write',
      summary: 'Update a contact list',
      description: 'A JSON merge patch (RFC 7396): what is absent stays, null clears.',
      params,
      body: z.strictObject(writable).partial(),
      reply: { status: 200, schema: list, description: 'The list as it is now.' },
    },
    delete: {
      method: 'delete',
      path: '/contact_lists/{id}',
      scope: 'contact_lists:delete',
      summary: 'Delete a contact list',
      description: 'The contacts on it stay.',
      params,
      reply: { status: 204, schema: null, description: 'The list is gone.' },
    },
    listContacts: {
      method: 'get',
      path: '/contact_lists/{id}/contacts',
      scope: 'contact_lists:read',
      summary: 'List the contacts on a list',
      description: 'Newest on the list first. The contacts resource tells everything about a contact.',
      params,
      query: z.strictObject(pageQuery),
      reply: { status: 200, schema: pageOf(member), description: 'A page of contacts.' },
    },
    addContacts: {
      method: 'post',
      path: '/contact_lists/{id}/contacts',
      scope: 'contact_lists:write',
      summary: 'Add contacts to a list',
      params,
      body: bulk,
      reply: { status: 200, schema: results(addition), description: 'What became of each contact.' },
    },
    removeContacts: {
      method: 'post',
      path: '/contact_lists/{id}/contacts/remove',
      scope: 'contact_lists:write',
      summary: 'Remove contacts from a list',
      params,
      body: bulk,
      reply: { status: 200, schema: results(removal), description: 'What became of each contact.' },
    },
    addContact: {
      method: 'put',
      path: '/contact_lists/{id}/contacts/{contact_id}',
      scope: 'contact_lists:write',
      summary: 'Add a contact to a list',
      description: 'A contact that is there already stays there.',
      params: memberParams,
      reply: { status: 200, schema: addition, description: 'The contact is on the list.' },
    },
    removeContact: {
      method: 'delete',
      path: '/contact_lists/{id}/contacts/{contact_id}',
      scope: 'contact_lists:write',
      summary: 'Remove a contact from a list',
      params: memberParams,
      reply: { status: 204, schema: null, description: 'The contact is not on the list.' },
    },
    listsOfContact: {
      method: 'get',
      path: '/contacts/{id}/lists',
      scope: 'contact_lists:read',
      summary: 'List the lists that a contact is on',
      description: 'Newest list first.',
      params,
      query: z.strictObject(pageQuery),
      reply: {
        status: 200,
        schema: pageOf(list.extend({ added_at: instant().meta({ description: 'When the contact came onto it.' }) })),
        description: 'A page of contact lists.',
      },
    },
  },
})
