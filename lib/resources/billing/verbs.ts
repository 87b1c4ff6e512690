import { organizationRateLimit, PLANS } from '@/lib/contracts/plans'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { implement } from '@/lib/kernel/rows/implement'
import { countKeysInUse } from '@/lib/keys/life/key-limit'
import { billingContract } from '@/lib/resources/billing/contract'

async function describeBilling({ db, organization }: ResourceContext) {
  const { id, plan } = organization
  return {
    plan,
    limits: { rate_limit: organizationRateLimit(organization), keys: PLANS[plan].keys },
    keys_in_use: await countKeysInUse(db, id),
  }
}

export const getBilling = implement(billingContract.operations.get, describeBilling)
