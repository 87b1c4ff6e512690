import type { OperationInput } from '@/lib/contracts/operation'
import { recordActivities } from '@/lib/kernel/activities/record'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { accountListsContract } from '@/lib/resources/account-lists/contract'
import { lockAccountList } from '@/lib/resources/account-lists/lock'

type Body = OperationInput<typeof accountListsContract.operations.addAccounts>['body']

/**
 * Puts accounts on a list. A fixed number of statements, however many accounts; of a domain that comes twice the first
 * is added.
 * @throws DomainError not_found when there is no such list
 */
export function addAccounts(context: ResourceContext, { id: list_id, accounts }: { id: string } & Body) {
  return inTransaction(context, async (ctx) => {
    const { db, tenant } = ctx
    await lockAccountList(ctx, list_id)
    const select = { id: true, domain: true } as const
    const inserted = await db.account.createManyAndReturn({
      data: accounts.map(({ name, domain }) => ({ ...tenant, list_id, name, domain })),
      skipDuplicates: true,
      select,
    })
    await recordActivities(
      ctx,
      inserted.map(({ id, domain }) => ({
        type: 'account.added_to_list' as const,
        subject: { kind: 'account', id },
        data: { list_id, domain },
      })),
    )
    const added = new Set(inserted.map(({ domain }) => domain))
    const domains = accounts.map(({ domain }) => domain)
    const rows = await db.account.findMany({ where: { ...tenant, list_id, domain: { in: domains } }, select })
    const ids = new Map(rows.map(({ id, domain }) => [domain, id]))
    const data = domains.flatMap((domain) => {
      // The second mention of a domain finds it on the list.
      const result = added.delete(domain) ? ('added' as const) : ('already_there' as const)
      const id = ids.get(domain)
      return id ? [{ id, domain, result }] : []
    })
    return { data }
  })
}
