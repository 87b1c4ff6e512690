import { change, create, get, implement, inOneTransaction, paged, remove, table } from '@/lib/kernel/rows/kit'
import { accountLists, addAccounts, removeAccounts } from '@/lib/resources/account-lists/accounts'
import { accountListsContract, accountRows } from '@/lib/resources/account-lists/contract'

const { operations } = accountListsContract

export const listAccountLists = implement(operations.list, (ctx, { query }) => paged(ctx, accountLists, query))
export const createAccountList = implement(operations.create, (ctx, { body }) => create(ctx, accountLists, body))
export const getAccountList = implement(operations.get, (ctx, { params }) => get(ctx, accountLists, params))
export const updateAccountList = implement(operations.update, (ctx, { params, body }) =>
  change(ctx, accountLists, params, body),
)
export const deleteAccountList = implement(operations.delete, (ctx, { params }) => remove(ctx, accountLists, params))

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

export const addToAccountList = implement(
  operations.addAccounts,
  inOneTransaction((ctx, { params, body }) => addAccounts(ctx, params.id, body.accounts)),
)
export const removeFromAccountList = implement(
  operations.removeAccounts,
  inOneTransaction((ctx, { params, body }) => removeAccounts(ctx, params.id, body.domains)),
)
