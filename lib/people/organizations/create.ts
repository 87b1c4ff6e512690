import { recordAudit } from '@/lib/kernel/audit/record'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { CreateOrganizationInput, Organization } from '@/lib/people/organizations/contract'
import { insertOrganization } from '@/lib/people/organizations/insert'
import type { PlatformContext } from '@/lib/people/organizations/platform-context'
import { organizationTarget } from '@/lib/people/organizations/rows'

/**
 * Makes an organisation, with nobody in it yet.
 * @throws DomainError already_exists
 */
export function createOrganization(context: PlatformContext, input: CreateOrganizationInput): Promise<Organization> {
  return inTransaction(context, async (ctx) => {
    const organization = await insertOrganization(ctx, input)
    const target = organizationTarget(organization)
    await recordAudit({ ...ctx, organization }, { action: 'organization.created', target, after: organization })
    return organization
  })
}
