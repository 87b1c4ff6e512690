import { recordActivities } from '@/lib/kernel/activities/record'
import { hold, type InputOf, sql, type TransactionContext, table } from '@/lib/kernel/rows/kit'
import {
  type AccountAddition,
  type AccountRemoval,
  accountListRows,
  type accountListsContract,
} from '@/lib/resources/account-lists/contract'

type Operations = (typeof accountListsContract)['operations']

export const accountLists = table(accountListRows, {
  shown: { account_count: sql`(SELECT count(*)::int FROM accounts a WHERE a.list_id = t.id)` },
})

const record = (
  ctx: TransactionContext,
  type: 'account.added_to_list' | 'account.removed_from_list',
  list_id: string,
  accounts: { id: string; domain: string }[],
) =>
  recordActivities(
    ctx,
    accounts.map(({ id, domain }) => ({ type, subject: { kind: 'account', id }, data: { list_id, domain } })),
  )

const select = { id: true, domain: true } as const

/**
 * Puts accounts on a list. A fixed number of statements, however many accounts; of a domain that comes twice the first
 * is added. The list is held, so that two calls over the same domains never wait for each other in a circle.
 */
export async function addAccounts(ctx: TransactionContext, { params, body }: InputOf<Operations['addAccounts']>) {
  const { db, tenant } = ctx
  const list_id = params.id
  await hold(ctx, accountLists, params)
  const data = body.accounts.map(({ name, domain }) => ({ ...tenant, list_id, name, domain }))
  const inserted = await db.account.createManyAndReturn({ data, skipDuplicates: true, select })
  await record(ctx, 'account.added_to_list', list_id, inserted)
  const added = new Set(inserted.map(({ domain }) => domain))
  const domains = body.accounts.map(({ domain }) => domain)
  const rows = await db.account.findMany({ where: { ...tenant, list_id, domain: { in: domains } }, select })
  const ids = new Map(rows.map(({ id, domain }) => [domain, id]))
  return {
    data: domains.flatMap((domain): AccountAddition[] => {
      const id = ids.get(domain)
      // The second mention of a domain finds it on the list.
      return id ? [{ id, domain, result: added.delete(domain) ? 'added' : 'already_there' }] : []
    }),
  }
}

/** Takes accounts off a list. A fixed number of statements, however many domains; one that comes twice is removed once. */
export async function removeAccounts(ctx: TransactionContext, { params, body }: InputOf<Operations['removeAccounts']>) {
  await hold(ctx, accountLists, params)
  // Under the list's lock nobody else removes what is found here.
  const where = { ...ctx.tenant, list_id: params.id, domain: { in: body.domains } }
  const rows = await ctx.db.account.findMany({ where, select })
  await ctx.db.account.deleteMany({ where })
  await record(ctx, 'account.removed_from_list', params.id, rows)
  const removed = new Set(rows.map(({ domain }) => domain))
  // The second mention of a domain finds it off the list.
  const resultOf = (domain: string): AccountRemoval => ({
    domain,
    result: removed.delete(domain) ? 'removed' : 'not_there',
  })
  return { data: body.domains.map(resultOf) }
}
