import { notFound } from '@/lib/base/errors'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import type { Transaction } from '@/lib/kernel/db/transaction'

/**
 * Reads a sequence and lets nobody change it, nor enroll in it, before the transaction ends.
 * @throws DomainError not_found
 */
export async function lockSequence({ db, tenant }: ResourceContext & { db: Transaction }, id: string) {
  await db.$queryRaw`
    SELECT 1 FROM sequences
    WHERE organization_id = ${tenant.organization_id}::uuid AND environment = ${tenant.environment}::environment
      AND id = ${id}::uuid
    FOR UPDATE`
  const row = await db.sequence.findFirst({ where: { ...tenant, id } })
  if (!row) throw notFound('sequence')
  return row
}
