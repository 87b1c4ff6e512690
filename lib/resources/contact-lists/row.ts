import type { Tenant } from '@/lib/kernel/actors/context'
import type { ContactList } from '@/lib/kernel/db/generated/client'
import type { Database } from '@/lib/kernel/db/transaction'

/** A row as callers see it. */
export const showContactList = <Row extends ContactList>(row: Row, contact_count: number) => ({ ...row, contact_count })

/** How many contacts are on a list. */
export const countContacts = (db: Database, tenant: Tenant, list_id: string) =>
  db.contactListMember.count({ where: { ...tenant, list_id } })

/** Rows as callers see them, counted by one statement, however many they are. */
export async function showContactLists<Row extends ContactList>(db: Database, tenant: Tenant, rows: Row[]) {
  const groups = await db.contactListMember.groupBy({
    by: ['list_id'],
    where: { ...tenant, list_id: { in: rows.map(({ id }) => id) } },
    _count: { _all: true },
  })
  const counts = new Map(groups.map(({ list_id, _count }) => [list_id, _count._all]))
  return rows.map((row) => showContactList(row, counts.get(row.id) ?? 0))
}
