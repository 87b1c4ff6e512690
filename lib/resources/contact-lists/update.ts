import { notFound } from '@/lib/base/errors'
import type { OperationInput } from '@/lib/contracts/operation'
import { recordActivities } from '@/lib/kernel/activities/record'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { contactListsContract } from '@/lib/resources/contact-lists/contract'
import { countContacts, showContactList } from '@/lib/resources/contact-lists/row'

type Body = OperationInput<typeof contactListsContract.operations.update>['body']

/**
 * Applies a merge patch to a contact list.
 * @throws DomainError not_found
 */
export function updateContactList(context: ResourceContext, { id, changes }: { id: string; changes: Body }) {
  return inTransaction(context, async (ctx) => {
    const { db, tenant } = ctx
    const [row] = await db.contactList.updateManyAndReturn({ where: { ...tenant, id }, data: changes })
    if (!row) throw notFound('contact list')
    await recordActivities(ctx, [
      { type: 'contact_list.updated', subject: { kind: 'contact_list', id }, data: { fields: Object.keys(changes) } },
    ])
    return showContactList(row, await countContacts(db, tenant, id))
  })
}
