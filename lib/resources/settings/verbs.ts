import { limitsOf } from '@/lib/contracts/plans'
import { implement, serve } from '@/lib/kernel/rows/kit'
import { readPolicy } from '@/lib/keys/policy/rows'
import { settingsContract } from '@/lib/resources/settings/contract'

export const settingsApi = serve(settingsContract, [
  implement(settingsContract.operations.get, async ({ db, organization }) => {
    const { id, slug, name, plan, developer_api } = organization
    return {
      organization: { id, slug, name },
      plan,
      developer_api,
      limits: limitsOf(organization),
      policy: await readPolicy(db, id),
    }
  }),
])
