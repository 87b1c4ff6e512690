import type { OperationInput } from '@/lib/contracts/operation'
import { recordActivities } from '@/lib/kernel/activities/record'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { contactListsContract } from '@/lib/resources/contact-lists/contract'
import { showContactList } from '@/lib/resources/contact-lists/row'

type Body = OperationInput<typeof contactListsContract.operations.create>['body']

/** Adds an empty contact list to the tenant. */
export function createContactList(context: ResourceContext, body: Body) {
  return inTransaction(context, async (ctx) => {
    const row = await ctx.db.contactList.create({ data: { ...body, ...ctx.tenant } })
    await recordActivities(ctx, [{ type: 'contact_list.created', subject: { kind: 'contact_list', id: row.id } }])
    return showContactList(row, 0)
  })
}
