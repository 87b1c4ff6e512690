import type { Context } from '@/lib/kernel/actors/context'
import { requireSeePeople } from '@/lib/kernel/actors/permissions'
import { databaseNow } from '@/lib/kernel/db/transaction'
import type { Invitation } from '@/lib/people/members/invitations/contract'
import { INVITATION_SELECT, PENDING, showInvitation } from '@/lib/people/members/invitations/rows'

/** More are never pending in earnest; a page shows them all. */
const MOST = 500

/**
 * The organisation's invitations that were neither accepted nor withdrawn, newest first.
 * @throws DomainError role_forbids
 */
export async function listInvitations(ctx: Context): Promise<Invitation[]> {
  requireSeePeople(ctx)
  const now = await databaseNow(ctx.db)
  const rows = await ctx.db.invitation.findMany({
    where: { organization_id: ctx.organization.id, ...PENDING },
    orderBy: { id: 'desc' },
    take: MOST,
    select: INVITATION_SELECT,
  })
  return rows.map((row) => showInvitation(row, now))
}
