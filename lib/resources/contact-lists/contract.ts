import { z } from 'zod'
import { id as idText, instant, label } from '@/lib/contracts/fields'
import { defineRows } from '@/lib/contracts/rows/define'
import {
  count,
  emailField,
  idField,
  kept,
  line,
  moment,
  optional,
  perhaps,
  prose,
  required,
} from '@/lib/contracts/rows/field'
import { equal, later } from '@/lib/contracts/rows/filter'
import { createOf, getOf, listOf, patchOf, removeOf } from '@/lib/contracts/rows/operations'
import { defineResource } from '@/lib/contracts/rows/resource'

/** Contacts that one call adds or removes. */
const MAX_BULK = 100

const EXAMPLE_ID = '0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c'

export const contactListRows = defineRows({
  table: 'contact_lists',
  schema: 'ContactList',
  one: 'contact list',
  many: 'contact lists',
  short: 'list',
  derived: true,
  fields: {
    id: idField(),
    name: required(line(200), { example: 'Fair in Lisbon' }),
    description: optional(prose(2_000), { example: 'Everyone who left a card.' }),
    contact_count: kept(count('Contacts on the list.')),
    created_at: kept(moment()),
    updated_at: kept(moment()),
  },
  filters: { name: equal(label(200), { description: 'The whole name.' }), created_after: later('created_at') },
  sorts: ['created_at', 'name'],
  sort: '-created_at',
  activities: {
    subject: 'contact_list',
    create: 'contact_list.created',
    change: 'contact_list.updated',
    remove: 'contact_list.deleted',
  },
})

export const memberRows = defineRows({
  table: 'contact_list_members',
  schema: 'ContactOnList',
  one: 'contact',
  many: 'contacts',
  within: { column: 'list_id', table: 'contact_lists', one: 'contact list' },
  fields: {
    id: kept({ input: idText(), shown: idText().meta({ description: 'Id of the contact.' }) }),
    email: kept(emailField()),
    first_name: kept(perhaps(prose(100))),
    last_name: kept(perhaps(prose(100))),
    company: kept(perhaps(prose(200))),
    added_at: kept(moment()),
  },
  filters: {},
  sort: '-added_at',
})

const cameAt = { ...moment(), shown: instant().meta({ description: 'When the contact came onto it.' }) }

export const listOfContactRows = defineRows({
  ...contactListRows,
  schema: 'ListOfContact',
  within: { column: 'contact_id', table: 'contacts', one: 'contact' },
  fields: { ...contactListRows.fields, added_at: kept(cameAt) },
  filters: {},
  sorts: undefined,
  sort: undefined,
})

const addition = z
  .object({
    id: idText().meta({ description: 'Id of the contact.' }),
    result: z
      .enum(['added', 'already_there', 'not_found'])
      .meta({ description: '`not_found`: there is no such contact.' }),
  })
  .meta({ id: 'ContactAddition' })

const removal = z
  .object({
    id: idText().meta({ description: 'Id of the contact.' }),
    result: z
      .enum(['removed', 'not_there', 'not_found'])
      .meta({ description: '`not_there`: the contact was not on the list; `not_found`: there is no such contact.' }),
  })
  .meta({ id: 'ContactRemoval' })

export type MemberAddition = z.output<typeof addition>
export type MemberRemoval = z.output<typeof removal>

const results = <Item extends z.ZodType>(item: Item) =>
  z.object({ data: z.array(item).meta({ description: 'One for each id, in the order in which they were sent.' }) })

const params = z.object({ id: idText() })
const memberParams = z.object({ id: idText(), contact_id: idText() })

const bulk = z.strictObject({
  contact_ids: z
    .array(idText().toLowerCase())
    .min(1, 'At least one id.')
    .max(MAX_BULK, `At most ${MAX_BULK} ids.`)
    .meta({ example: [EXAMPLE_ID] }),
})

const at = '/contact_lists'
const members = `${at}/{id}/contacts` as const
const [read, write] = ['contact_lists:read', 'contact_lists:write']

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
  rows: [contactListRows],
  operations: {
    list: listOf(contactListRows, { at, scope: read }),
    create: createOf(contactListRows, { at, scope: write }),
    get: getOf(contactListRows, { at, scope: read }),
    update: patchOf(contactListRows, { at, scope: write }),
    delete: {
      ...removeOf(contactListRows, { at, scope: 'contact_lists:delete' }),
      description: 'The contacts on it stay.',
    },
    listContacts: {
      ...listOf(memberRows, { at: members, scope: read }),
      summary: 'List the contacts on a list',
      description: 'Newest on the list first. The contacts resource tells everything about a contact.',
      params,
    },
    addContacts: {
      method: 'post',
      path: members,
      scope: write,
      summary: 'Add contacts to a list',
      params,
      body: bulk,
      references: { contact_ids: '/contacts' },
      reply: { status: 200, schema: results(addition), description: 'What became of each contact.' },
    },
    removeContacts: {
      method: 'post',
      path: `${members}/remove`,
      scope: write,
      summary: 'Remove contacts from a list',
      params,
      body: bulk,
      references: { contact_ids: '/contacts' },
      reply: { status: 200, schema: results(removal), description: 'What became of each contact.' },
    },
    addContact: {
      method: 'put',
      path: `${members}/{contact_id}`,
      scope: write,
      summary: 'Add a contact to a list',
      description: 'A contact that is there already stays there.',
      params: memberParams,
      references: { contact_id: '/contacts' },
      reply: { status: 200, schema: addition, description: 'The contact is on the list.' },
    },
    removeContact: {
      method: 'delete',
      path: `${members}/{contact_id}`,
      scope: write,
      summary: 'Remove a contact from a list',
      params: memberParams,
      references: { contact_id: '/contacts' },
      before: 'addContact',
      reply: { status: 204, schema: null, description: 'The contact is not on the list.' },
    },
    listsOfContact: {
      ...listOf(listOfContactRows, { at: '/contacts/{id}/lists', scope: read }),
      summary: 'List the lists that a contact is on',
      description: 'Newest list first.',
      params,
    },
  },
})
