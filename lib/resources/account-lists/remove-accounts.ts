import { recordActivities } from '@/lib/kernel/activities/record'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { inTransaction } from '@/lib/kernel/db/transaction'
import { lockAccountList } from '@/lib/resources/account-lists/lock'

/**
 * Takes accounts off a list. A fixed number of statements, however many domains; one that comes twice is removed once.
 * @throws DomainError not_found when there is no such list
 */
export function removeAccounts(context: ResourceContext, { id, domains }: { id: string; domains: string[] }) {
  return inTransaction(context, async (ctx) => {
    await lockAccountList(ctx, id)
    // Under the list's lock nobody else removes what is found here.
    const where = { ...ctx.tenant, list_id: id, domain: { in: domains } }
    const rows = await ctx.db.account.findMany({ where, select: { id: true, domain: true } })
    await ctx.db.account.deleteMany({ where })
    await recordActivities(
      ctx,
      rows.map((row) => ({
        type: 'account.removed_from_list' as const,
        subject: { kind: 'account', id: row.id },
        data: { list_id: id, domain: row.domain },
      })),
    )
    const removed = new Set(rows.map(({ domain }) => domain))
    const data = domains.map((domain) => ({
      domain,
      // The second mention of a domain finds it off the list.
      result: removed.delete(domain) ? ('removed' as const) : ('not_there' as const),
    }))
    return { data }
  })
}
