import type { Database } from '@/lib/kernel/db/transaction'
import { NO_POLICY, type Policy } from '@/lib/keys/policy/contract'

/** What the organisation asks of its new keys. */
export async function readPolicy(db: Database, organization_id: string): Promise<Policy> {
  const row = await db.policy.findUnique({
    where: { organization_id },
    select: { keys_must_expire: true, longest_lifetime_hours: true, allowed_ranges: true },
  })
  return row ?? NO_POLICY
}
