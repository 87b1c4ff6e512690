import { DomainError } from '@/lib/base/errors'
import type { Transaction } from '@/lib/kernel/db/transaction'
import type { CreateOrganizationInput, Organization } from '@/lib/people/organizations/contract'
import { ORGANIZATION_SELECT } from '@/lib/people/organizations/rows'

/**
 * Stores an organisation, with nobody in it yet. The caller audits it.
 * @throws DomainError already_exists
 */
export async function insertOrganization(
  { db }: { db: Transaction },
  input: CreateOrganizationInput,
): Promise<Organization> {
  const [row] = await db.organization.createManyAndReturn({
    data: [input],
    skipDuplicates: true,
    select: ORGANIZATION_SELECT,
  })
  if (!row) throw new DomainError('already_exists', `There is an organisation ${input.slug} already.`)
  return row
}
