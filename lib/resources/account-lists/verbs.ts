import { change, create, get, implement, inOneTransaction, paged, remove, serve, table } from '@/lib/kernel/rows/kit'
import { accountLists, addAccounts, removeAccounts } from '@/lib/resources/account-lists/accounts'
import { accountListsContract, accountRows } from '@/lib/resources/account-lists/contract'

const { operations } = accountListsContract
const accounts = table(accountRows)

/** An account is found on its list only. */
const onList = ({ id, account_id }: { id: string; account_id: string }) => ({ list_id: id, id: account_id })

export const accountListsApi = serve(accountListsContract, [
  implement(operations.list, (ctx, { query }) => paged(ctx, accountLists, query)),
  implement(operations.create, (ctx, { body }) => create(ctx, accountLists, body)),
  implement(operations.get, (ctx, { params }) => get(ctx, accountLists, params)),
  implement(operations.update, (ctx, { params, body }) => change(ctx, accountLists, params, body)),
  implement(operations.delete, (ctx, { params }) => remove(ctx, accountLists, params)),
  implement(operations.listAccounts, (ctx, { params, query }) => paged(ctx, accounts, query, { list_id: params.id })),
  implement(operations.updateAccount, (ctx, { params, body }) => change(ctx, accounts, onList(params), body)),
  implement(operations.removeAccount, (ctx, { params }) => remove(ctx, accounts, onList(params))),
  implement(operations.addAccounts, inOneTransaction(addAccounts)),
  implement(operations.removeAccounts, inOneTransaction(removeAccounts)),
])
