import type { OperationInput } from '@/lib/contracts/operation'
import { recordActivities } from '@/lib/kernel/activities/record'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { contactsContract } from '@/lib/resources/contacts/contract'
import { emailTaken } from '@/lib/resources/contacts/email-taken'
import { showContact } from '@/lib/resources/contacts/row'

type Body = OperationInput<typeof contactsContract.operations.create>['body']

/**
 * Adds a contact to the tenant.
 * @throws DomainError already_exists
 */
export function createContact(context: ResourceContext, body: Body) {
  return inTransaction(context, async (ctx) => {
    const { db, tenant } = ctx
    // Skipped, not failed: a unique violation would abort the transaction before the other contact can be named.
    const [row] = await db.contact.createManyAndReturn({ data: [{ ...body, ...tenant }], skipDuplicates: true })
    if (!row) throw await emailTaken(db, tenant, body.email)
    await recordActivities(ctx, [
      { type: 'contact.created', subject: { kind: 'contact', id: row.id }, contact_id: row.id },
    ])
    return showContact(row)
  })
}
