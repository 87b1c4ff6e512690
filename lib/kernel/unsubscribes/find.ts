import type { Tenant } from '@/lib/kernel/actors/context'
import type { Database } from '@/lib/kernel/db/transaction'

/**
 * Those of the emails whose owners want no mail of campaigns and flows. One statement, however many emails.
 * @param emails in lower case
 */
export async function findUnsubscribed(db: Database, tenant: Tenant, emails: string[]): Promise<Set<string>> {
  const rows = await db.unsubscribe.findMany({ where: { ...tenant, email: { in: emails } }, select: { email: true } })
  return new Set(rows.map(({ email }) => email))
}
