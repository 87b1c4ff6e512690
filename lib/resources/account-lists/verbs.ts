import { change } from '@/lib/kernel/rows/change'
import { create } from '@/lib/kernel/rows/create'
import { get } from '@/lib/kernel/rows/get'
import { implement, inOneTransaction } from '@/lib/kernel/rows/implement'
import { paged } from '@/lib/kernel/rows/paged'
import { remove } from '@/lib/kernel/rows/remove'
import { table } from '@/lib/kernel/rows/table'
import { addAccounts, lists, removeAccounts } from '@/lib/resources/account-lists/accounts'
import { accountListsContract, accountRows } from '@/lib/resources/account-lists/contract'

const { operations } = accountListsContract

export const listLists = implement(operations.list, (ctx, { query }) => paged(ctx, lists, query))
export const createList = implement(operations.create, (ctx, { body }) => create(ctx, lists, body))
export const getList = implement(operations.get, (ctx, { params }) => get(ctx, lists, params))
export const updateList = implement(operations.update, (ctx, { params, body }) => change(ctx, lists, params, body))
export const deleteList = implement(operations.delete, (ctx, { params }) => remove(ctx, lists, params))

const accounts = table(accountRows)

/** An account is found on its list only. */
const onList = ({ id, account_id }: { id: string; account_id: string }) => ({ list_id: id, id: account_id })

export const listAccounts = implement(operations.listAccounts, (ctx, { params, query }) =>
  paged(ctx, accounts, query, { list_id: params.id }),
)
export const updateAccount = implement(operations.updateAccount, (ctx, { params, body }) =>
  change(ctx, accounts, onList(params), body),
)
export const removeAccount = implement(operations.removeAccount, (ctx, { params }) =>
  remove(ctx, accounts, onList(params)),
)

export const addToList = implement(
  operations.addAccounts,
  inOneTransaction((ctx, { params, body }) => addAccounts(ctx, params.id, body.accounts)),
)
export const removeFromList = implement(
  operations.removeAccounts,
  inOneTransaction((ctx, { params, body }) => removeAccounts(ctx, params.id, body.domains)),
)
