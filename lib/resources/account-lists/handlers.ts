import { addAccounts } from '@/lib/resources/account-lists/add-accounts'
import { accountListsContract } from '@/lib/resources/account-lists/contract'
import { createList } from '@/lib/resources/account-lists/create'
import { deleteList } from '@/lib/resources/account-lists/delete'
import { getList } from '@/lib/resources/account-lists/get'
import { listLists } from '@/lib/resources/account-lists/list'
import { listAccounts } from '@/lib/resources/account-lists/list-accounts'
import { removeAccount } from '@/lib/resources/account-lists/remove-account'
import { removeAccounts } from '@/lib/resources/account-lists/remove-accounts'
import { updateList } from '@/lib/resources/account-lists/update'
import { updateAccount } from '@/lib/resources/account-lists/update-account'
import { implement } from '@/lib/kernel/rows/implement'

export const accountLists = implement(accountListsContract, {
  list: (ctx, { query }) => listLists(ctx, query),
  create: (ctx, { body }) => createList(ctx, body),
  get: (ctx, { params }) => getList(ctx, params),
  update: (ctx, { params, body }) => updateList(ctx, { ...params, changes: body }),
  delete: (ctx, { params }) => deleteList(ctx, params),
  listAccounts: (ctx, { params, query }) => listAccounts(ctx, { ...params, ...query }),
  addAccounts: (ctx, { params, body }) => addAccounts(ctx, { ...params, ...body }),
  removeAccounts: (ctx, { params, body }) => removeAccounts(ctx, { ...params, ...body }),
  updateAccount: (ctx, input) => updateAccount(ctx, input),
  removeAccount: (ctx, { params }) => removeAccount(ctx, params),
})
