import { z } from 'zod'
import { id as idText, label } from '@/lib/contracts/fields'
import { hostName } from '@/lib/contracts/host-name'
import { defineRows } from '@/lib/contracts/rows/define'
import { count, domain, idField, kept, line, moment, optional, prose, required } from '@/lib/contracts/rows/field'
import { equal, later } from '@/lib/contracts/rows/filter'
import { createOf, getOf, listOf, patchOf, removeOf } from '@/lib/contracts/rows/operations'
import { defineResource } from '@/lib/contracts/rows/resource'

/** Accounts that one call adds or removes. */
const MAX_BULK = 100

export const accountListRows = defineRows({
  table: 'account_lists',
  schema: 'AccountList',
  one: 'account list',
  many: 'account lists',
  short: 'list',
  derived: true,
  fields: {
    id: idField(),
    name: required(line(200), { example: 'Shipping in Iberia' }),
    description: optional(prose(2_000), { example: 'Companies with more than ten ships.' }),
    account_count: kept(count('Accounts on the list.')),
    created_at: kept(moment()),
    updated_at: kept(moment()),
  },
  filters: { name: equal(label(200), { description: 'The whole name.' }), created_after: later('created_at') },
  sorts: ['created_at', 'name'],
  sort: '-created_at',
  activities: {
    subject: 'account_list',
    create: 'account_list.created',
    change: 'account_list.updated',
    remove: 'account_list.deleted',
  },
})

const name = { example: 'Analytical Engines' }

export const accountRows = defineRows({
  table: 'accounts',
  schema: 'Account',
  one: 'account on this list',
  many: 'accounts',
  short: 'account',
  within: { column: 'list_id', table: 'account_lists', one: 'account list' },
  fields: {
    id: idField(),
    name: required(line(200), name),
    domain: kept(domain()),
    added_at: kept(moment()),
  },
  filters: { domain: equal(hostName()) },
  sort: '-added_at',
  activities: {
    subject: 'account',
    change: 'account.updated',
    remove: 'account.removed_from_list',
    facts: { list_id: 'list_id' },
  },
})

const addition = z
  .object({
    id: idText().meta({ description: 'Id of the account.' }),
    domain: z.string(),
    result: z.enum(['added', 'already_there']),
  })
  .meta({ id: 'AccountAddition' })

const removal = z
  .object({ domain: z.string(), result: z.enum(['removed', 'not_there']) })
  .meta({ id: 'AccountRemoval' })

export type AccountAddition = z.output<typeof addition>
export type AccountRemoval = z.output<typeof removal>

const results = <Item extends z.ZodType>(item: Item) =>
  z.object({ data: z.array(item).meta({ description: 'One for each item, in the order in which they were sent.' }) })

const bulk = <Item extends z.ZodType>(item: Item) =>
  z.array(item).min(1, 'At least one.').max(MAX_BULK, `At most ${MAX_BULK}.`)

const params = z.object({ id: idText() })
const accountParams = z.object({ id: idText(), account_id: idText() })

const at = '/account_lists'
const accounts = `${at}/{id}/accounts` as const
const [read, write] = ['account_lists:read', 'account_lists:write']
const ofAccount = { path: `${accounts}/{account_id}`, params: accountParams } as const

export const accountListsContract = defineResource({
  name: 'account_lists',
  title: 'Account lists',
  description: 'Lists of companies. A company is known by its domain, which stands once on a list.',
  actions: {
    read: 'Read account lists and the companies on them',
    write: 'Create, update and delete account lists, add and remove companies',
  },
  rows: [accountListRows, accountRows],
  operations: {
    list: listOf(accountListRows, { at, scope: read }),
    create: createOf(accountListRows, { at, scope: write }),
    get: getOf(accountListRows, { at, scope: read }),
    update: patchOf(accountListRows, { at, scope: write }),
    delete: { ...removeOf(accountListRows, { at, scope: write }), description: 'The accounts on it go with it.' },
    listAccounts: {
      ...listOf(accountRows, { at: accounts, scope: read }),
      summary: 'List the accounts on a list',
      description: 'Newest on the list first.',
      params,
    },
    addAccounts: {
      method: 'post',
      path: accounts,
      scope: write,
      summary: 'Add accounts to a list',
      description: 'An account that is there already keeps its name.',
      params,
      body: z.strictObject({
        accounts: bulk(z.strictObject({ name: label(200).meta(name), domain: hostName() })).meta({
          example: [{ name: 'Analytical Engines', domain: 'example.com' }],
        }),
      }),
      reply: { status: 200, schema: results(addition), description: 'What became of each account.' },
    },
    removeAccounts: {
      method: 'post',
      path: `${accounts}/remove`,
      scope: write,
      summary: 'Remove accounts from a list',
      params,
      body: z.strictObject({ domains: bulk(hostName()).meta({ example: ['example.com'] }) }),
      reply: { status: 200, schema: results(removal), description: 'What became of each account.' },
    },
    updateAccount: {
      ...patchOf(accountRows, { at: accounts, scope: write }),
      ...ofAccount,
      summary: 'Update an account on a list',
      description: 'A JSON merge patch (RFC 7396). The domain stays: it is what the account is.',
    },
    removeAccount: {
      ...removeOf(accountRows, { at: accounts, scope: write }),
      ...ofAccount,
      summary: 'Remove an account from a list',
      reply: { status: 204, schema: null, description: 'The account is not on the list.' },
    },
  },
})
