import { notFound } from '@/lib/base/errors'
import { recordActivities } from '@/lib/kernel/activities/record'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { inTransaction } from '@/lib/kernel/db/transaction'

/** @throws DomainError not_found */
export function deleteContactList(context: ResourceContext, { id }: { id: string }): Promise<undefined> {
  return inTransaction(context, async (ctx) => {
    const { count } = await ctx.db.contactList.deleteMany({ where: { ...ctx.tenant, id } })
    if (count === 0) throw notFound('contact list')
    await recordActivities(ctx, [{ type: 'contact_list.deleted', subject: { kind: 'contact_list', id } }])
    return undefined
  })
}
