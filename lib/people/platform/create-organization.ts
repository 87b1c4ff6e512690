import { requireProofToWiden } from '@/lib/kernel/actors/require-proof'
import { recordAudit } from '@/lib/kernel/audit/record'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { InvitationWithToken } from '@/lib/people/members/invitations/insert'
import { insertOrganization } from '@/lib/people/organizations/insert'
import type { PlatformContext } from '@/lib/people/organizations/platform-context'
import { organizationTarget } from '@/lib/people/organizations/rows'
import type { CreatePlatformOrganizationInput } from '@/lib/people/platform/contract'
import { insertFirstAdmin } from '@/lib/people/platform/invite-first-admin'

type Created = { slug: string; invitation: InvitationWithToken }

/**
 * Makes an organisation and the invitation of its first Admin, both or neither. It is one thing, so one entry, which names both.
 * @throws DomainError already_exists, proof_required, email_unproven
 */
export function createPlatformOrganization(
  context: PlatformContext,
  { admin_email: email, accept_unproven_email, ...input }: CreatePlatformOrganizationInput,
): Promise<Created> {
  return inTransaction(context, async (ctx) => {
    const organization = await insertOrganization(ctx, input)
    const inOrganization = { ...ctx, organization }
    const invitation = await insertFirstAdmin(inOrganization, { email, accept_unproven_email })
    const target = organizationTarget(organization)
    const after = { ...organization, first_admin: email }
    await recordAudit(inOrganization, { action: 'organization.created', target, after })
    requireProofToWiden(ctx, true)
    return { slug: organization.slug, invitation }
  })
}
