import { DomainError } from '@/lib/base/errors'
import { recordAudit } from '@/lib/kernel/audit/record'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { CreateOrganizationInput, Organization } from '@/lib/people/organizations/contract'
import type { PlatformContext } from '@/lib/people/organizations/platform-context'
import { ORGANIZATION_SELECT, organizationTarget } from '@/lib/people/organizations/rows'

/**
 * Makes an organisation, with nobody in it yet.
 * @throws DomainError already_exists
 */
export function createOrganization(context: PlatformContext, input: CreateOrganizationInput): Promise<Organization> {
  return inTransaction(context, async (ctx) => {
    const [row] = await ctx.db.organization.createManyAndReturn({
      data: [input],
      skipDuplicates: true,
      select: ORGANIZATION_SELECT,
    })
    if (!row) throw new DomainError('already_exists', `There is an organisation ${input.slug} already.`)
    const audit = { ...ctx, organization: row }
    await recordAudit(audit, { action: 'organization.created', target: organizationTarget(row), after: row })
    return row
  })
}
