import { organizationRateLimit, PLANS } from '@/lib/contracts/plans'
import type { Organization } from '@/lib/people/organizations/contract'

type Granted = Pick<Organization, 'plan' | 'developer_api' | 'rate_limit' | 'email_senders'>

/**
 * Whether an organisation may more afterwards: use keys at all, hold more of them, call more often, keep more
 * attachments, or write emails from another address.
 */
export const widensOrganization = (before: Granted, after: Granted): boolean =>
  (after.developer_api && !before.developer_api) ||
  PLANS[after.plan].keys > PLANS[before.plan].keys ||
  PLANS[after.plan].attachment_bytes > PLANS[before.plan].attachment_bytes ||
  organizationRateLimit(after) > organizationRateLimit(before) ||
  after.email_senders.some((sender) => !before.email_senders.includes(sender))
