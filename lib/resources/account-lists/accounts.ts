import { recordActivities } from '@/lib/kernel/activities/record'
import type { Transaction } from '@/lib/kernel/db/transaction'
import { type FullContext, hold, sql, table } from '@/lib/kernel/rows/kit'
import { type AccountAddition, type AccountRemoval, accountListRows } from '@/lib/resources/account-lists/contract'

type Context = FullContext & { db: Transaction }

export const accountLists = table(accountListRows, {
  shown: { account_count: sql`(SELECT count(*)::int FROM accounts a WHERE a.list_id = t.id)` },
})

const record = (
  ctx: Context,
  type: 'account.added_to_list' | 'account.removed_from_list',
  list_id: string,
  accounts: { id: string; domain: string }[],
) =>
  recordActivities(
    ctx,
    accounts.map(({ id, domain }) => ({ type, subject: { kind: 'account', id }, data: { list_id, domain } })),
  )

const select = { id: true, domain: true } as const

type New = { name: string; domain: string }

/**
 * Puts accounts on a list. A fixed number of statements, however many accounts; of a domain that comes twice the first
 * is added. The list is held, so that two calls over the same domains never wait for each other in a circle.
 * @throws DomainError not_found when there is no such list
 */
export async function addAccounts(
  ctx: Context,
  list_id: string,
  accounts: New[],
): Promise<{ data: AccountAddition[] }> {
  const { db, tenant } = ctx
  await hold(ctx, accountLists, { id: list_id })
  const data = accounts.map(({ name, domain }) => ({ ...tenant, list_id, name, domain }))
  const inserted = await db.account.createManyAndReturn({ data, skipDuplicates: true, select })
  await record(ctx, 'account.added_to_list', list_id, inserted)
  const added = new Set(inserted.map(({ domain }) => domain))
  const domains = accounts.map(({ domain }) => domain)
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

/**
 * Takes accounts off a list. A fixed number of statements, however many domains; one that comes twice is removed once.
 * @throws DomainError not_found when there is no such list
 */
export async function removeAccounts(
  ctx: Context,
  list_id: string,
  domains: string[],
): Promise<{ data: AccountRemoval[] }> {
  await hold(ctx, accountLists, { id: list_id })
  // Under the list's lock nobody else removes what is found here.
  const where = { ...ctx.tenant, list_id, domain: { in: domains } }
  const rows = await ctx.db.account.findMany({ where, select })
  await ctx.db.account.deleteMany({ where })
  await record(ctx, 'account.removed_from_list', list_id, rows)
  const removed = new Set(rows.map(({ domain }) => domain))
  // The second mention of a domain finds it off the list.
  return { data: domains.map((domain) => ({ domain, result: removed.delete(domain) ? 'removed' : 'not_there' })) }
}
