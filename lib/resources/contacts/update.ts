import { notFound, validationFailed } from '@/lib/base/errors'
import { customFields, mergeCustomFields } from '@/lib/contracts/custom-fields'
import { readStored } from '@/lib/contracts/encode'
import type { OperationInput } from '@/lib/contracts/operation'
import { recordActivities } from '@/lib/kernel/activities/record'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { Prisma } from '@/lib/kernel/db/generated/client'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { contactsContract } from '@/lib/resources/contacts/contract'
import { emailTaken } from '@/lib/resources/contacts/email-taken'
import { showContact } from '@/lib/resources/contacts/row'

type Body = OperationInput<typeof contactsContract.operations.update>['body']

/** A unique violation, or the deadlock of two contacts that take each other's email. */
const isEmailConflict = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && ['P2002', 'P2034'].includes(error.code)

/**
 * Applies a merge patch to a contact, locked so that two patches of its custom fields both count.
 * @throws DomainError not_found, already_exists, validation_failed
 */
export function updateContact(context: ResourceContext, { id, changes }: { id: string; changes: Body }) {
  return inTransaction(context, async (ctx) => {
    const { db, tenant } = ctx
    await db.$queryRaw`
      SELECT id FROM contacts WHERE organization_id = ${tenant.organization_id}::uuid AND id = ${id}::uuid FOR UPDATE`
    const contact = await db.contact.findFirst({ where: { ...tenant, id } })
    if (!contact) throw notFound('contact')
    const { custom_fields: patch, ...fields } = changes
    const merged = patch && mergeCustomFields(readStored(customFields, contact.custom_fields), patch)
    if (merged === null) throw validationFailed([{ path: 'custom_fields', message: 'At most 50 fields.' }])
    // The transaction may be the caller's: after a unique violation it must still be able to name the other contact.
    await db.$executeRaw`SAVEPOINT before_update`
    const row = await db.contact
      .update({ where: { ...tenant, id }, data: { ...fields, custom_fields: merged } })
      .catch(async (error: unknown) => {
        if (!isEmailConflict(error)) throw error
        await db.$executeRaw`ROLLBACK TO SAVEPOINT before_update`
        throw await emailTaken(db, tenant, fields.email ?? contact.email)
      })
    await recordActivities(ctx, [
      {
        type: 'contact.updated',
        subject: { kind: 'contact', id },
        contact_id: id,
        data: { fields: Object.keys(changes) },
      },
    ])
    return showContact(row)
  })
}
