import { organizationRateLimit, PLANS } from '@/lib/contracts/plans'
import type { Organization } from '@/lib/people/organizations/contract'

type Granted = Pick<Organization, 'plan' | 'developer_api' | 'rate_limit'>

/** Whether an organisation may more afterwards: use keys at all, hold more of them, or call more often. */
export const widensOrganization = (before: Granted, after: Granted): boolean =>
  (after.developer_api && !before.developer_api) ||
  PLANS[after.plan].keys > PLANS[before.plan].keys ||
  organizationRateLimit(after) > organizationRateLimit(before)
