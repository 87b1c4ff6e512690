import type { Tenant } from '@/lib/kernel/actors/context'
import type { AccountList } from '@/lib/kernel/db/generated/client'
import type { Database } from '@/lib/kernel/db/transaction'

/** A row as callers see it. */
export const showAccountList = <Row extends AccountList>(row: Row, account_count: number) => ({ ...row, account_count })

/** How many accounts are on a list. */
export const countAccounts = (db: Database, tenant: Tenant, list_id: string) =>
  db.account.count({ where: { ...tenant, list_id } })

/** Rows as callers see them, counted by one statement, however many they are. */
export async function showAccountLists<Row extends AccountList>(db: Database, tenant: Tenant, rows: Row[]) {
  const groups = await db.account.groupBy({
    by: ['list_id'],
    where: { ...tenant, list_id: { in: rows.map(({ id }) => id) } },
    _count: { _all: true },
  })
  const counts = new Map(groups.map(({ list_id, _count }) => [list_id, _count._all]))
  return rows.map((row) => showAccountList(row, counts.get(row.id) ?? 0))
}

/** An account as callers see it. */
export const accountFields = { id: true, name: true, domain: true, added_at: true } as const
