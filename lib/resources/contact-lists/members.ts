import { MOST_COUNTED_ON_A_LIST } from '@/lib/contracts/rows/list'
import { recordActivities } from '@/lib/kernel/activities/record'
import { hold, own, sql, type TransactionContext, table } from '@/lib/kernel/rows/kit'
import { contactListRows } from '@/lib/resources/contact-lists/contract'

type Bulk = { id: string; contact_ids: string[] }

const idsOf = (rows: { id: string }[]) => new Set(rows.map(({ id }) => id))

const record = (
  ctx: TransactionContext,
  type: 'contact.added_to_list' | 'contact.removed_from_list',
  list_id: string,
  ids: Set<string>,
) =>
  recordActivities(
    ctx,
    [...ids].map((id) => ({ type, subject: { kind: 'contact', id }, contact_id: id, data: { list_id } })),
  )

const onIt = sql`contact_list_members m WHERE m.list_id = t.id`

export const contactLists = table(contactListRows, {
  shown: { contact_count: sql`(SELECT count(*)::int FROM ${onIt})` },
})

/** What a page of lists shows of each that is no column. */
export const counted = {
  contact_count: sql`(SELECT count(*)::int FROM (SELECT FROM ${onIt} LIMIT ${MOST_COUNTED_ON_A_LIST}) m)`,
}

export const pageOfLists = table(contactListRows, { shown: counted })

/**
 * Puts contacts on a list. A fixed number of statements, however many contacts; an id that comes twice is added once.
 * The list is held, so that two calls over the same contacts never wait for each other in a circle.
 * @throws DomainError not_found when there is no such list
 */
export async function addContacts(ctx: TransactionContext, { id: list_id, contact_ids }: Bulk) {
  await hold(ctx, contactLists, { id: list_id })
  // Held until the end: a deletion between would break the reference.
  const known = idsOf(
    await own<{ id: string }>(
      ctx,
      (mine) =>
        sql`SELECT c.id FROM contacts c WHERE ${mine('c')} AND c.id = ANY (${contact_ids}::uuid[]) FOR KEY SHARE`,
    ),
  )
  const members = [...known].map((contact_id) => ({ ...ctx.tenant, list_id, contact_id }))
  const rows = await ctx.db.contactListMember.createManyAndReturn({ data: members, skipDuplicates: true })
  const added = idsOf(rows.map(({ contact_id }) => ({ id: contact_id })))
  await record(ctx, 'contact.added_to_list', list_id, added)
  const resultOf = (id: string): 'added' | 'already_there' | 'not_found' => {
    if (!known.has(id)) return 'not_found'
    // The second mention of a contact finds it on the list.
    return added.delete(id) ? 'added' : 'already_there'
  }
  return { data: contact_ids.map((id) => ({ id, result: resultOf(id) })) }
}

/**
 * Takes contacts off a list. A fixed number of statements, however many contacts; an id that comes twice is removed once.
 * @throws DomainError not_found when there is no such list
 */
export async function removeContacts(ctx: TransactionContext, { id: list_id, contact_ids }: Bulk) {
  await hold(ctx, contactLists, { id: list_id })
  // Only a deletion that returns its rows tells which of them were still there.
  const removed = idsOf(
    await own<{ id: string }>(
      ctx,
      (mine) => sql`
        DELETE FROM contact_list_members m
        WHERE ${mine('m')} AND m.list_id = ${list_id}::uuid AND m.contact_id = ANY (${contact_ids}::uuid[])
        RETURNING m.contact_id AS id`,
    ),
  )
  await record(ctx, 'contact.removed_from_list', list_id, removed)
  const where = { ...ctx.tenant, id: { in: contact_ids } }
  const known = idsOf(await ctx.db.contact.findMany({ where, select: { id: true } }))
  const resultOf = (id: string): 'removed' | 'not_there' | 'not_found' => {
    // The second mention of a contact finds it off the list.
    if (removed.delete(id)) return 'removed'
    return known.has(id) ? 'not_there' : 'not_found'
  }
  return { data: contact_ids.map((id) => ({ id, result: resultOf(id) })) }
}
