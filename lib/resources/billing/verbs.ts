import { organizationRateLimit, PLANS } from '@/lib/contracts/plans'
import { implement, serve } from '@/lib/kernel/rows/kit'
import { countKeysInUse } from '@/lib/keys/life/key-limit'
import { billingContract } from '@/lib/resources/billing/contract'

export const billingApi = serve(billingContract, [
  implement(billingContract.operations.get, async ({ db, organization, actor }) => {
    const { id, plan } = organization
    return {
      plan,
      limits: { rate_limit: organizationRateLimit(organization), keys: PLANS[plan].keys },
      keys_in_use: await countKeysInUse(db, id, actor.authenticated_at),
    }
  }),
])
