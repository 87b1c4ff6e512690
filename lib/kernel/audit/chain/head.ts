import { chainOf } from '@/lib/kernel/audit/chain/canonical'
import type { AuditHead } from '@/lib/kernel/audit/contract'
import type { Database } from '@/lib/kernel/db/transaction'

/** How far the chain of an organisation, or with null that of the platform, has been sealed. */
export async function headOf(db: Database, organization_id: string | null): Promise<AuditHead> {
  const chain = await db.auditChain.findUnique({ where: { id: chainOf(organization_id) } })
  return chain
    ? { entries: Number(chain.position), head: Buffer.from(chain.head).toString('hex') }
    : { entries: 0, head: null }
}
