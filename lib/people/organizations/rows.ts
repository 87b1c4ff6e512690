import type { Prisma } from '@/lib/kernel/db/generated/client'
import type { Organization } from '@/lib/people/organizations/contract'

/** What is read of an organisation to show it. */
export const ORGANIZATION_SELECT = {
  id: true,
  slug: true,
  name: true,
  plan: true,
  developer_api: true,
  rate_limit: true,
  email_senders: true,
  created_at: true,
} satisfies Prisma.OrganizationSelect

/** How an audit entry names an organisation. */
export const organizationTarget = ({ id, slug }: Pick<Organization, 'id' | 'slug'>) => ({ id, label: slug })
