import { organizationRateLimit, PLANS } from '@/lib/contracts/plans'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { implement } from '@/lib/kernel/rows/implement'
import { readPolicy } from '@/lib/keys/policy/rows'
import { settingsContract } from '@/lib/resources/settings/contract'

async function describeSettings({ db, organization }: ResourceContext) {
  const { id, slug, name, plan, developer_api } = organization
  return {
    organization: { id, slug, name },
    plan,
    developer_api,
    limits: { rate_limit: organizationRateLimit(organization), keys: PLANS[plan].keys },
    policy: await readPolicy(db, id),
  }
}

export const getSettings = implement(settingsContract.operations.get, describeSettings)
