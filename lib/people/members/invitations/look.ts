import type { Database } from '@/lib/kernel/db/transaction'
import type { InvitationView } from '@/lib/people/members/invitations/contract'
import { findByToken } from '@/lib/people/members/invitations/find-by-token'

type SignedIn = { id: string; email: string } | null

/** What a link comes to for whoever has it open. Changes nothing: mail programs open links too. */
export async function lookAtInvitation(db: Database, token: string, user: SignedIn): Promise<InvitationView> {
  const found = await findByToken(db, token)
  if (typeof found === 'string') return { state: found }
  const { organization, email, role, inviter, expires_at } = found
  const account = await db.user.findUnique({
    where: { email },
    select: { id: true, memberships: { where: { organization_id: organization.id }, select: { user_id: true } } },
  })
  const { slug, name } = organization
  const shown = { organization: { slug, name }, email, role, invited_by: inviter?.name ?? null, expires_at }
  if (user && user.email !== email) return { state: 'another_person', ...shown }
  if (account && account.memberships.length > 0) return { state: 'member', ...shown }
  if (user) return { state: 'join', ...shown }
  return { state: account ? 'sign_in' : 'new_person', ...shown }
}
