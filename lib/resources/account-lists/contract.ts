import { z } from 'zod'
import { id, instant, label, text } from '@/lib/contracts/fields'
import { hostName } from '@/lib/contracts/host-name'
import { defineResource } from '@/lib/contracts/operation'
import { pageOf, pageQuery, sortQuery } from '@/lib/contracts/page'

/** Accounts that one call adds or removes. */
const MAX_BULK = 100

const writable = {
  name: label(200).meta({ example: 'Shipping in Iberia' }),
  description: text(2_000).nullable().optional().meta({ example: 'Companies with more than ten ships.' }),
}

const list = z.object({
  id: id(),
  name: z.string(),
  description: z.string().nullable(),
  account_count: z.int().meta({ description: 'Accounts on the list.' }),
  created_at: instant(),
  updated_at: instant(),
})

const name = () => label(200).meta({ example: 'Analytical Engines' })

const account = z.object({
  id: id(),
  name: z.string(),
  domain: z.string(),
  added_at: instant(),
})

const addition = z.object({
  id: id().meta({ description: 'Id of the account.' }),
  domain: z.string(),
  result: z.enum(['added', 'already_there']),
})

const removal = z.object({ domain: z.string(), result: z.enum(['removed', 'not_there']) })

const results = <Item extends z.ZodType>(item: Item) =>
  z.object({ data: z.array(item).meta({ description: 'One for each item, in the order in which they were sent.' }) })

const bulk = <Item extends z.ZodType>(item: Item) =>
  z.array(item).min(1, 'At least one.').max(MAX_BULK, `At most ${MAX_BULK}.`)

const params = z.object({ id: id() })
const accountParams = z.object({ id: id(), account_id: id() })

export const accountListsContract = defineResource({
  name: 'account_lists',
  title: 'Account lists',
  description: 'Lists of companies. A company is known by its domain, which stands once on a list.',
  actions: {
    read: 'Read account lists and the companies on them',
    write: 'Create, update and delete account lists, add and remove companies',
  },
  operations: {
    list: {
      method: 'get',
      path: '/account_lists',
      scope: 'account_lists:read',
      summary: 'List account lists',
      query: z.strictObject({
        ...pageQuery,
        name: label(200).optional().meta({ description: 'The whole name.' }),
        created_after: instant().optional(),
        sort: sortQuery(['created_at', 'name'], '-created_at'),
      }),
      reply: { status: 200, schema: pageOf(list), description: 'A page of account lists.' },
    },
    create: {
      method: 'post',
      path: '/account_lists',
      scope: 'account_lists:write',
      summary: 'Create an account list',
      body: z.strictObject(writable),
      reply: { status: 201, schema: list, description: 'The new list.' },
    },
    get: {
      method: 'get',
      path: '/account_lists/{id}',
      scope: 'account_lists:read',
      summary: 'Get an account list',
      params,
      reply: { status: 200, schema: list, description: 'The list.' },
    },
    update: {
      method: 'patch',
      path: '/account_lists/{id}',
      scope: 'account_lists:write',
      summary: 'Update an account list',
      description: 'A JSON merge patch (RFC 7396): what is absent stays, null clears.',
      params,
      body: z.strictObject(writable).partial(),
      reply: { status: 200, schema: list, description: 'The list as it is now.' },
    },
    delete: {
      method: 'delete',
      path: '/account_lists/{id}',
      scope: 'account_lists:write',
      summary: 'Delete an account list',
      description: 'The accounts on it go with it.',
      params,
      reply: { status: 204, schema: null, description: 'The list is gone.' },
    },
    listAccounts: {
      method: 'get',
      path: '/account_lists/{id}/accounts',
      scope: 'account_lists:read',
      summary: 'List the accounts on a list',
      description: 'Newest on the list first.',
      params,
      query: z.strictObject({ ...pageQuery, domain: hostName().optional() }),
      reply: { status: 200, schema: pageOf(account), description: 'A page of accounts.' },
    },
    addAccounts: {
      method: 'post',
      path: '/account_lists/{id}/accounts',
      scope: 'account_lists:write',
      summary: 'Add accounts to a list',
      description: 'An account that is there already keeps its name.',
      params,
      body: z.strictObject({
        accounts: bulk(z.strictObject({ name: name(), domain: hostName() })).meta({
          example: [{ name: 'Analytical Engines', domain: 'example.com' }],
        }),
      }),
      reply: { status: 200, schema: results(addition), description: 'What became of each account.' },
    },
    removeAccounts: {
      method: 'post',
      path: '/account_lists/{id}/accounts/remove',
      scope: 'account_lists:write',
      summary: 'Remove accounts from a list',
      params,
      body: z.strictObject({ domains: bulk(hostName()).meta({ example: ['example.com'] }) }),
      reply: { status: 200, schema: results(removal), description: 'What became of each account.' },
    },
    updateAccount: {
      method: 'patch',
      path: '/account_lists/{id}/accounts/{account_id}',
      scope: 'account_lists:write',
      summary: 'Update an account on a list',
      description: 'A JSON merge patch (RFC 7396). The domain stays: it is what the account is.',
      params: accountParams,
      body: z.strictObject({ name: name() }).partial(),
      reply: { status: 200, schema: account, description: 'The account as it is now.' },
    },
    removeAccount: {
      method: 'delete',
      path: '/account_lists/{id}/accounts/{account_id}',
      scope: 'account_lists:write',
      summary: 'Remove an account from a list',
      params: accountParams,
      reply: { status: 204, schema: null, description: 'The account is not on the list.' },
    },
  },
})
