import { notFound } from '@/lib/base/errors'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import type { Transaction } from '@/lib/kernel/db/transaction'

/**
 * Lets the changes of one list's members follow each other, so that two bulk calls over the same contacts never wait for
 * each other in a circle.
 * @throws DomainError not_found
 */
export async function lockContactList(
  { db, tenant }: ResourceContext & { db: Transaction },
  id: string,
): Promise<void> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT id FROM contact_lists
    WHERE organization_id = ${tenant.organization_id}::uuid AND environment = ${tenant.environment}::environment
      AND id = ${id}::uuid
    FOR NO KEY UPDATE`
  if (rows.length === 0) throw notFound('contact list')
}
