import { z } from 'zod'
import type { OperationResult } from '@/lib/contracts/operation'
import { recordActivities } from '@/lib/kernel/activities/record'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { inTransaction, type Transaction } from '@/lib/kernel/db/transaction'
import type { contactListsContract } from '@/lib/resources/contact-lists/contract'
import { lockContactList } from '@/lib/resources/contact-lists/lock'

type Addition = OperationResult<typeof contactListsContract.operations.addContact>

const found = z.array(z.object({ id: z.string() }))

/** Which of these contacts there are, held there until the end: a deletion between would break the reference. */
async function holdContacts({ db, tenant }: ResourceContext & { db: Transaction }, ids: string[]) {
  const rows = await db.$queryRaw`
    SELECT id FROM contacts
    WHERE organization_id = ${tenant.organization_id}::uuid AND environment = ${tenant.environment}::environment
      AND id = ANY(${ids}::uuid[])
    FOR KEY SHARE`
  return new Set(found.parse(rows).map(({ id }) => id))
}

/**
 * Puts contacts on a list. A fixed number of statements, however many contacts; an id that comes twice is added once.
 * @throws DomainError not_found when there is no such list
 */
export function addContacts(context: ResourceContext, { id, contact_ids }: { id: string; contact_ids: string[] }) {
  return inTransaction(context, async (ctx) => {
    await lockContactList(ctx, id)
    const known = await holdContacts(ctx, contact_ids)
    const rows = await ctx.db.contactListMember.createManyAndReturn({
      data: [...known].map((contact_id) => ({ ...ctx.tenant, list_id: id, contact_id })),
      skipDuplicates: true,
      select: { contact_id: true },
    })
    await recordActivities(
      ctx,
      rows.map(({ contact_id }) => ({
        type: 'contact.added_to_list' as const,
        subject: { kind: 'contact', id: contact_id },
        contact_id,
        data: { list_id: id },
      })),
    )
    const added = new Set(rows.map(({ contact_id }) => contact_id))
    const resultOf = (contact_id: string): Addition['result'] => {
      if (!known.has(contact_id)) return 'not_found'
      // The second mention of a contact finds it on the list.
      return added.delete(contact_id) ? 'added' : 'already_there'
    }
    return { data: contact_ids.map((contact_id) => ({ id: contact_id, result: resultOf(contact_id) })) }
  })
}
