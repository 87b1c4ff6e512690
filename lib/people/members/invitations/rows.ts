import { notFound } from '@/lib/base/errors'
import { DAY_MS } from '@/lib/base/time'
import type { Context } from '@/lib/kernel/actors/context'
import type { Prisma } from '@/lib/kernel/db/generated/client'
import type { Transaction } from '@/lib/kernel/db/transaction'
import { INVITATION_DAYS, type Invitation } from '@/lib/people/members/invitations/contract'

/** What is read of an invitation to show it. The hash is not among it. */
export const INVITATION_SELECT = {
  id: true,
  email: true,
  role: true,
  developer: true,
  created_at: true,
  expires_at: true,
  inviter: { select: { name: true } },
} satisfies Prisma.InvitationSelect

type InvitationRow = Prisma.InvitationGetPayload<{ select: typeof INVITATION_SELECT }>

/** Neither accepted nor withdrawn; it may be past its expiry, and be resent. */
export const PENDING = { accepted_at: null, withdrawn_at: null } as const

/** A row as callers see it. `now` is the database's clock. */
export const showInvitation = ({ inviter, ...row }: InvitationRow, now: Date): Invitation => ({
  ...row,
  status: row.expires_at > now ? 'open' : 'expired',
  invited_by: inviter?.name ?? null,
})

/** When a link that is made at `now` ends. */
export const endOfLink = (now: Date): Date => new Date(now.getTime() + INVITATION_DAYS * DAY_MS)

/**
 * The organisation's pending invitation `id`, locked until the transaction ends.
 * @throws DomainError not_found, also for one that is accepted or withdrawn
 */
export async function lockPending(ctx: Context & { db: Transaction }, id: string): Promise<InvitationRow> {
  await ctx.db.$queryRaw`SELECT id FROM invitations WHERE id = ${id}::uuid FOR UPDATE`
  const row = await ctx.db.invitation.findFirst({
    where: { id, organization_id: ctx.organization.id, ...PENDING },
    select: INVITATION_SELECT,
  })
  if (!row) throw notFound('invitation')
  return row
}

/** How an audit entry names an invitation. */
export const invitationTarget = ({ id, email }: { id: string; email: string }) => ({ id, label: email })
