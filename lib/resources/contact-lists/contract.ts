import { z } from 'zod'
import { bulkOf, contactIds } from '@/lib/contracts/bulk'
import { id, instant } from '@/lib/contracts/fields'
import * as r from '@/lib/contracts/rows/kit'
import { countOnList, listFields, listTraits } from '@/lib/contracts/rows/list'

const example = { name: 'Fair in Lisbon', description: 'Everyone who left a card.' }

export const contactListRows = r.defineRows({
  ...listTraits,
  one: 'contact list',
  fields: listFields(example, { contact_count: countOnList('Contacts') }),
  activities: r.lifeOf('contact_list'),
})

const contactsId = id().meta({ description: 'Id of the contact.' })

export const memberRows = r.defineRows({
  one: 'contact',
  schema: 'ContactOnList',
  table: 'contact_list_members',
  at: '/contact_lists/{id}/contacts',
  within: { column: 'list_id', table: 'contact_lists', one: 'contact list' },
  fields: {
    id: r.shownAs(contactsId),
    email: r.kept(r.emailField()),
    first_name: r.kept(r.perhaps(r.prose(100))),
    last_name: r.kept(r.perhaps(r.prose(100))),
    company: r.kept(r.perhaps(r.prose(200))),
    added_at: r.kept(r.moment()),
  },
  filters: {},
  sort: '-added_at',
})

const cameAt = { ...r.moment(), shown: instant().meta({ description: 'When the contact came onto it.' }) }

export const listOfContactRows = r.defineRows({
  one: 'contact list',
  short: 'list',
  schema: 'ListOfContact',
  at: '/contacts/{id}/lists',
  within: { column: 'contact_id', table: 'contacts', one: 'contact' },
  fields: { ...contactListRows.fields, added_at: r.kept(cameAt) },
  filters: {},
})

const addition = r.named('ContactAddition', {
  id: contactsId,
  result: z
    .enum(['added', 'already_there', 'not_found'])
    .meta({ description: '`not_found`: there is no such contact.' }),
})

const removal = r.named('ContactRemoval', {
  id: contactsId,
  result: z
    .enum(['removed', 'not_there', 'not_found'])
    .meta({ description: '`not_there`: the contact was not on the list; `not_found`: there is no such contact.' }),
})

const params = z.object({ id: id() })

const { at } = memberRows
const [read, write] = ['contact_lists:read', 'contact_lists:write']
const several = { scope: write, body: z.strictObject({ contact_ids: contactIds() }) }
const references = { contact_ids: '/contacts' } as const
const ofMember = {
  path: `${at}/{contact_id}`,
  scope: write,
  params: z.object({ id: id(), contact_id: id() }),
  references: { contact_id: '/contacts' },
} as const

export const contactListsContract = r.defineResource({
  name: 'contact_lists',
  alias: 'lists',
  description: 'Lists of contacts. Every path is also served below `/lists`.',
  actions: {
    read: 'Read contact lists and who is on them',
    write: 'Create and update contact lists, add and remove contacts',
    delete: 'Delete contact lists',
  },
  activities: [
    { type: 'contact.added_to_list', details: { list_id: '0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c' } },
    { type: 'contact.removed_from_list', details: { list_id: '0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c' } },
  ],
  rows: [contactListRows],
  operations: {
    list: r.listOf(contactListRows, read),
    create: r.createOf(contactListRows, write),
    get: r.getOf(contactListRows, read),
    update: r.patchOf(contactListRows, write),
    delete: { ...r.removeOf(contactListRows, 'contact_lists:delete'), description: 'The contacts on it stay.' },
    listContacts: {
      ...r.listOf(memberRows, read),
      summary: 'List the contacts on a list',
      description: 'Newest on the list first. The contacts resource tells everything about a contact.',
      params,
    },
    addContacts: {
      ...bulkOf({ ...several, path: at, summary: 'Add contacts to a list', result: addition }),
      references,
    },
    removeContacts: {
      ...bulkOf({ ...several, path: `${at}/remove`, summary: 'Remove contacts from a list', result: removal }),
      references,
    },
    addContact: {
      ...ofMember,
      method: 'put',
      summary: 'Add a contact to a list',
      description: 'A contact that is there already stays there.',
      reply: { status: 200, schema: addition, description: 'The contact is on the list.' },
    },
    removeContact: {
      ...ofMember,
      method: 'delete',
      summary: 'Remove a contact from a list',
      before: 'addContact',
      reply: { status: 204, schema: null, description: 'The contact is not on the list.' },
    },
    listsOfContact: {
      ...r.listOf(listOfContactRows, read),
      summary: 'List the lists that a contact is on',
      description: 'Newest list first.',
      params,
    },
  },
})
