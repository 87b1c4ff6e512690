import { requireProofToWiden } from '@/lib/kernel/actors/require-proof'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { InvitationWithToken } from '@/lib/people/members/invitations/insert'
import { createOrganization } from '@/lib/people/organizations/create'
import type { PlatformContext } from '@/lib/people/organizations/platform-context'
import type { CreatePlatformOrganizationInput } from '@/lib/people/platform/contract'
import { insertFirstAdmin } from '@/lib/people/platform/invite-first-admin'

type Created = { slug: string; invitation: InvitationWithToken }

/**
 * Makes an organisation and the invitation of its first Admin, both or neither.
 * @throws DomainError already_exists, proof_required, email_unproven
 */
export function createPlatformOrganization(
  context: PlatformContext,
  { admin_email: email, accept_unproven_email, ...input }: CreatePlatformOrganizationInput,
): Promise<Created> {
  return inTransaction(context, async (ctx) => {
    const organization = await createOrganization(ctx, input)
    const invitation = await insertFirstAdmin({ ...ctx, organization }, { email, accept_unproven_email })
    requireProofToWiden(ctx, true)
    return { slug: organization.slug, invitation }
  })
}
