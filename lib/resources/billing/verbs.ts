import { limitsOf } from '@/lib/contracts/plans'
import { implement, serve } from '@/lib/kernel/rows/kit'
import { countKeysInUse } from '@/lib/keys/life/key-limit'
import { billingContract } from '@/lib/resources/billing/contract'

export const billingApi = serve(billingContract, [
  implement(billingContract.operations.get, async ({ db, organization }) => {
    const { id, plan } = organization
    return {
      plan,
      limits: limitsOf(organization),
      keys_in_use: await countKeysInUse(db, id),
    }
  }),
])
