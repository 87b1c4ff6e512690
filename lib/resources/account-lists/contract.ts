import { z } from 'zod'
import { bulkItems, bulkOf } from '@/lib/contracts/bulk'
import { id, label } from '@/lib/contracts/fields'
import { hostName } from '@/lib/contracts/host-name'
import * as r from '@/lib/contracts/rows/kit'
import { countOnList, listFields, listTraits } from '@/lib/contracts/rows/list'

const example = { name: 'Shipping in Iberia', description: 'Companies with more than ten ships.' }

export const accountListRows = r.defineRows({
  ...listTraits,
  one: 'account list',
  fields: listFields(example, { account_count: countOnList('Accounts') }),
  activities: r.lifeOf('account_list'),
})

const name = { example: 'Analytical Engines' }

export const accountRows = r.defineRows({
  one: 'account on this list',
  many: 'accounts',
  short: 'account',
  schema: 'Account',
  at: '/account_lists/{id}/accounts',
  within: { column: 'list_id', table: 'account_lists', one: 'account list' },
  fields: {
    id: r.idField(),
    name: r.required(r.line(200), name),
    domain: r.kept(r.domain()),
    added_at: r.kept(r.moment()),
  },
  filters: { domain: r.equal(r.domain()) },
  sort: '-added_at',
  activities: {
    subject: 'account',
    change: 'account.updated',
    remove: 'account.removed_from_list',
    facts: { list_id: 'list_id' },
  },
})

const addition = r.named('AccountAddition', {
  id: id().meta({ description: 'Id of the account.' }),
  domain: z.string(),
  result: z.enum(['added', 'already_there']),
})

const removal = r.named('AccountRemoval', { domain: z.string(), result: z.enum(['removed', 'not_there']) })

const additions = bulkItems(z.strictObject({ name: label(200).meta(name), domain: hostName() })).meta({
  example: [{ name: 'Analytical Engines', domain: 'example.com' }],
})
const domains = bulkItems(hostName()).meta({ example: ['example.com'] })

const { at } = accountRows
const [read, write] = ['account_lists:read', 'account_lists:write']
const ofAccount = { path: `${at}/{account_id}`, params: z.object({ id: id(), account_id: id() }) } as const

export const accountListsContract = r.defineResource({
  name: 'account_lists',
  description: 'Lists of companies. A company is known by its domain, which stands once on a list.',
  actions: {
    read: 'Read account lists and the companies on them',
    write: 'Create, update and delete account lists, add and remove companies',
  },
  activities: [
    {
      type: 'account.added_to_list',
      details: { list_id: '0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c', domain: 'example.com' },
    },
  ],
  rows: [accountListRows, accountRows],
  operations: {
    list: r.listOf(accountListRows, read),
    create: r.createOf(accountListRows, write),
    get: r.getOf(accountListRows, read),
    update: r.patchOf(accountListRows, write),
    delete: { ...r.removeOf(accountListRows, write), description: 'The accounts on it go with it.' },
    listAccounts: {
      ...r.listOf(accountRows, read),
      summary: 'List the accounts on a list',
      description: 'Newest on the list first.',
      params: z.object({ id: id() }),
    },
    addAccounts: {
      ...bulkOf({
        path: at,
        scope: write,
        summary: 'Add accounts to a list',
        body: z.strictObject({ accounts: additions }),
        result: addition,
      }),
      description: 'An account that is there already keeps its name.',
    },
    removeAccounts: bulkOf({
      path: `${at}/remove`,
      scope: write,
      summary: 'Remove accounts from a list',
      body: z.strictObject({ domains }),
      result: removal,
    }),
    updateAccount: {
      ...r.patchOf(accountRows, write),
      ...ofAccount,
      summary: 'Update an account on a list',
      description: 'A JSON merge patch (RFC 7396). The domain stays: it is what the account is.',
    },
    removeAccount: {
      ...r.removeOf(accountRows, write),
      ...ofAccount,
      summary: 'Remove an account from a list',
      reply: { status: 204, schema: null, description: 'The account is not on the list.' },
    },
  },
})
