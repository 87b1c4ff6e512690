import { z } from 'zod'
import type { OperationResult } from '@/lib/contracts/operation'
import { recordActivities } from '@/lib/kernel/activities/record'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { inTransaction, type Transaction } from '@/lib/kernel/db/transaction'
import type { contactListsContract } from '@/lib/resources/contact-lists/contract'
import { lockContactList } from '@/lib/resources/contact-lists/lock'

type Removal = OperationResult<typeof contactListsContract.operations.removeContacts>['data'][number]

const gone = z.array(z.object({ contact_id: z.string() }))

async function removeMembers(
  { db, tenant }: ResourceContext & { db: Transaction },
  list_id: string,
  contact_ids: string[],
) {
  // In SQL, because only a deletion that returns its rows tells which of them were still there.
  const rows = await db.$queryRaw`
    DELETE FROM contact_list_members
    WHERE organization_id = ${tenant.organization_id}::uuid AND environment = ${tenant.environment}::environment
      AND list_id = ${list_id}::uuid AND contact_id = ANY(${contact_ids}::uuid[])
    RETURNING contact_id`
  return new Set(gone.parse(rows).map(({ contact_id }) => contact_id))
}

/**
 * Takes contacts off a list. A fixed number of statements, however many contacts; an id that comes twice is removed once.
 * @throws DomainError not_found when there is no such list
 */
export function removeContacts(context: ResourceContext, { id, contact_ids }: { id: string; contact_ids: string[] }) {
  return inTransaction(context, async (ctx) => {
    await lockContactList(ctx, id)
    const removed = await removeMembers(ctx, id, contact_ids)
    await recordActivities(
      ctx,
      [...removed].map((contact_id) => ({
        type: 'contact.removed_from_list' as const,
        subject: { kind: 'contact', id: contact_id },
        contact_id,
        data: { list_id: id },
      })),
    )
    const contacts = await ctx.db.contact.findMany({
      where: { ...ctx.tenant, id: { in: contact_ids } },
      select: { id: true },
    })
    const known = new Set(contacts.map((contact) => contact.id))
    const resultOf = (contact_id: string): Removal['result'] => {
      // The second mention of a contact finds it off the list.
      if (removed.delete(contact_id)) return 'removed'
      return known.has(contact_id) ? 'not_there' : 'not_found'
    }
    return { data: contact_ids.map((contact_id) => ({ id: contact_id, result: resultOf(contact_id) })) }
  })
}
