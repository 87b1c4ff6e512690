import { organizationRateLimit, PLANS } from '@/lib/contracts/plans'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { implement, serve } from '@/lib/kernel/rows/kit'
import { countKeysInUse } from '@/lib/keys/life/key-limit'
import { billingContract } from '@/lib/resources/billing/contract'

async function describeBilling({ db, organization, actor }: ResourceContext) {
  const { id, plan } = organization
  return {
    plan,
    limits: { rate_limit: organizationRateLimit(organization), keys: PLANS[plan].keys },
    keys_in_use: await countKeysInUse(db, id, actor.authenticated_at),
  }
}

export const billingApi = serve(billingContract, [implement(billingContract.operations.get, describeBilling)])
