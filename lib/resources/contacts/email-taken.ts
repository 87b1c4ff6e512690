import { DomainError } from '@/lib/base/errors'
import type { Tenant } from '@/lib/kernel/actors/context'
import type { Database } from '@/lib/kernel/db/transaction'

/** The refusal of a second contact with `email`, naming the first. */
export async function emailTaken(db: Database, tenant: Tenant, email: string): Promise<DomainError> {
  const existing = await db.contact.findFirst({ where: { ...tenant, email }, select: { id: true } })
  return new DomainError('already_exists', 'A contact with this email exists. Update that one instead.', {
    existing_id: existing?.id,
  })
}
