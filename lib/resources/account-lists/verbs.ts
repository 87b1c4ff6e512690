import { MOST_COUNTED_ON_A_LIST } from '@/lib/contracts/rows/list'
import { recordActivities } from '@/lib/kernel/activities/record'
import {
  change,
  create,
  get,
  hold,
  implement,
  inOneTransaction,
  paged,
  remove,
  serve,
  sql,
  type TransactionContext,
  table,
} from '@/lib/kernel/rows/kit'
import { accountListRows, accountListsContract, accountRows } from '@/lib/resources/account-lists/contract'

const { operations } = accountListsContract

const onIt = sql`accounts a WHERE a.list_id = t.id`
const accountLists = table(accountListRows, { shown: { account_count: sql`(SELECT count(*)::int FROM ${onIt})` } })
const pageOfLists = table(accountListRows, {
  shown: { account_count: sql`(SELECT count(*)::int FROM (SELECT FROM ${onIt} LIMIT ${MOST_COUNTED_ON_A_LIST}) a)` },
})
const accounts = table(accountRows)

/** An account is found on its list only. */
const onList = ({ id, account_id }: { id: string; account_id: string }) => ({ list_id: id, id: account_id })

type Account = { id: string; domain: string }
const select = { id: true, domain: true } as const

const record = (ctx: TransactionContext, type: `account.${string}`, list_id: string, accounts: Account[]) =>
  recordActivities(
    ctx,
    accounts.map(({ id, domain }) => ({ type, subject: { kind: 'account', id }, data: { list_id, domain } })),
  )

export const accountListsApi = serve(accountListsContract, [
  implement(operations.list, (ctx, { query }) => paged(ctx, pageOfLists, query)),
  implement(operations.create, (ctx, { body }) => create(ctx, accountLists, body)),
  implement(operations.get, (ctx, { params }) => get(ctx, accountLists, params)),
  implement(operations.update, (ctx, { params, body }) => change(ctx, accountLists, params, body)),
  implement(operations.delete, (ctx, { params }) => remove(ctx, accountLists, params)),
  implement(operations.listAccounts, (ctx, { params, query }) => paged(ctx, accounts, query, { list_id: params.id })),
  implement(operations.updateAccount, (ctx, { params, body }) => change(ctx, accounts, onList(params), body)),
  implement(operations.removeAccount, (ctx, { params }) => remove(ctx, accounts, onList(params))),

  // A fixed number of statements, however many accounts; of a domain that comes twice the first is added.
  implement(
    operations.addAccounts,
    inOneTransaction(async (ctx, { params: { id: list_id }, body }) => {
      const { db, tenant } = ctx
      // Held, so that two calls over the same domains never wait for each other in a circle.
      await hold(ctx, accountLists, { id: list_id })
      const data = body.accounts.map(({ name, domain }) => ({ ...tenant, list_id, name, domain }))
      const inserted = await db.account.createManyAndReturn({ data, skipDuplicates: true, select })
      await record(ctx, 'account.added_to_list', list_id, inserted)
      const added = new Set(inserted.map(({ domain }) => domain))
      const domains = body.accounts.map(({ domain }) => domain)
      const there = await db.account.findMany({ where: { ...tenant, list_id, domain: { in: domains } }, select })
      const ids = new Map(there.map(({ id, domain }) => [domain, id]))
      return {
        data: domains.flatMap((domain) => {
          const id = ids.get(domain)
          // The second mention of a domain finds it on the list.
          return id ? [{ id, domain, result: added.delete(domain) ? 'added' : 'already_there' }] : []
        }),
      }
    }),
  ),

  // A fixed number of statements, however many domains; one that comes twice is removed once.
  implement(
    operations.removeAccounts,
    inOneTransaction(async (ctx, { params: { id: list_id }, body: { domains } }) => {
      await hold(ctx, accountLists, { id: list_id })
      // Under the list's lock nobody else removes what is found here.
      const where = { ...ctx.tenant, list_id, domain: { in: domains } }
      const there = await ctx.db.account.findMany({ where, select })
      await ctx.db.account.deleteMany({ where })
      await record(ctx, 'account.removed_from_list', list_id, there)
      const removed = new Set(there.map(({ domain }) => domain))
      // The second mention of a domain finds it off the list.
      return { data: domains.map((domain) => ({ domain, result: removed.delete(domain) ? 'removed' : 'not_there' })) }
    }),
  ),
])
