import type { Prisma } from '@/lib/kernel/db/generated/client'
import { type Database, databaseNow } from '@/lib/kernel/db/transaction'
import { INVITATION_SELECT } from '@/lib/people/members/invitations/rows'
import { hashToken } from '@/lib/people/sign-in/one-time-token'

const WHOLE = {
  ...INVITATION_SELECT,
  mailed: true,
  accepts_unproven: true,
  accepted_at: true,
  withdrawn_at: true,
  organization: { select: { id: true, slug: true, name: true } },
} satisfies Prisma.InvitationSelect

type Row = Prisma.InvitationGetPayload<{ select: typeof WHOLE }>

/** Why a link opens nothing. */
export type DeadLink = 'unknown' | 'used' | 'withdrawn' | 'expired'

/** The invitation that a link's token opens, or why it opens none. A link that was replaced is unknown. */
export async function findByToken(db: Database, token: string): Promise<Row | DeadLink> {
  const row = await db.invitation.findUnique({ where: { token_hash: hashToken(token) }, select: WHOLE })
  if (!row) return 'unknown'
  if (row.accepted_at) return 'used'
  if (row.withdrawn_at) return 'withdrawn'
  return row.expires_at > (await databaseNow(db)) ? row : 'expired'
}
