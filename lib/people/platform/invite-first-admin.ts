import { DomainError, notFound } from '@/lib/base/errors'
import { requireProofToWiden } from '@/lib/kernel/actors/require-proof'
import { recordAudit } from '@/lib/kernel/audit/record'
import { databaseNow, inTransaction, type Transaction } from '@/lib/kernel/db/transaction'
import { type InvitationWithToken, insertInvitation } from '@/lib/people/members/invitations/insert'
import { INVITATION_SELECT, invitationTarget, PENDING } from '@/lib/people/members/invitations/rows'
import type { PlatformContext } from '@/lib/people/organizations/platform-context'
import type { FirstAdminInput } from '@/lib/people/platform/contract'

type Inviting = PlatformContext & { db: Transaction; organization: { id: string; slug: string } }

/** Earlier links for an organisation's first Admin die when a new one is made. */
async function withdrawEarlier(ctx: Inviting) {
  const where = { organization_id: ctx.organization.id, ...PENDING }
  const earlier = await ctx.db.invitation.findMany({ where, select: INVITATION_SELECT })
  await ctx.db.invitation.updateMany({ where, data: { withdrawn_at: await databaseNow(ctx.db) } })
  for (const row of earlier) {
    await recordAudit(ctx, {
      action: 'invitation.withdrawn',
      target: invitationTarget(row),
      before: row,
    })
  }
}

/** Invites an Admin into an organisation that has none; the caller audits it. The reply is the only place that ever holds the link's token. */
export const insertFirstAdmin = (ctx: Inviting, input: FirstAdminInput): Promise<InvitationWithToken> =>
  insertInvitation(ctx, { ...input, role: 'admin', developer: true })

/**
 * Makes a new link for the first Admin of an organisation; an earlier one dies. An organisation that has an Admin
 * invites its own people.
 * @throws DomainError not_found, proof_required; wrong_state where there is an Admin; already_exists for a member; email_unproven
 */
export function inviteFirstAdmin(
  context: PlatformContext,
  { slug, ...input }: { slug: string } & FirstAdminInput,
): Promise<InvitationWithToken> {
  return inTransaction(context, async (ctx) => {
    await ctx.db.$queryRaw`SELECT id FROM organizations WHERE slug = ${slug} FOR NO KEY UPDATE`
    const organization = await ctx.db.organization.findUnique({
      where: { slug },
      select: { id: true, slug: true, memberships: { where: { role: 'admin' }, select: { user_id: true }, take: 1 } },
    })
    if (!organization) throw notFound('organisation')
    if (organization.memberships.length > 0) {
      throw new DomainError('wrong_state', `${slug} has an Admin, who invites its people.`)
    }
    const inviting = { ...ctx, organization }
    await withdrawEarlier(inviting)
    const made = await insertFirstAdmin(inviting, input)
    await recordAudit(inviting, { action: 'invitation.created', target: invitationTarget(made), after: made })
    requireProofToWiden(ctx, true)
    return made
  })
}
