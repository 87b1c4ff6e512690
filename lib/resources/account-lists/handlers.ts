import { implement } from '@/lib/kernel/rows/implement'
import { addAccounts } from '@/lib/resources/account-lists/add-accounts'
import { accountListsContract } from '@/lib/resources/account-lists/contract'
import { createAccountList } from '@/lib/resources/account-lists/create'
import { deleteAccountList } from '@/lib/resources/account-lists/delete'
import { getAccountList } from '@/lib/resources/account-lists/get'
import { listAccountLists } from '@/lib/resources/account-lists/list'
import { listAccounts } from '@/lib/resources/account-lists/list-accounts'
import { removeAccount } from '@/lib/resources/account-lists/remove-account'
import { removeAccounts } from '@/lib/resources/account-lists/remove-accounts'
import { updateAccountList } from '@/lib/resources/account-lists/update'
import { updateAccount } from '@/lib/resources/account-lists/update-account'

export const accountLists = implement(accountListsContract, {
  list: (ctx, { query }) => listAccountLists(ctx, query),
  create: (ctx, { body }) => createAccountList(ctx, body),
  get: (ctx, { params }) => getAccountList(ctx, params),
  update: (ctx, { params, body }) => updateAccountList(ctx, { ...params, changes: body }),
  delete: (ctx, { params }) => deleteAccountList(ctx, params),
  listAccounts: (ctx, { params, query }) => listAccounts(ctx, { ...params, ...query }),
  addAccounts: (ctx, { params, body }) => addAccounts(ctx, { ...params, ...body }),
  removeAccounts: (ctx, { params, body }) => removeAccounts(ctx, { ...params, ...body }),
  updateAccount: (ctx, input) => updateAccount(ctx, input),
  removeAccount: (ctx, { params }) => removeAccount(ctx, params),
})
