import { z } from 'zod'
import { email, id, instant, label } from '@/lib/contracts/fields'
import { role } from '@/lib/people/members/contract'
import { newPassword } from '@/lib/people/sign-in/contract'

/** Browser-safe: what an invitation is, and what is asked of whoever has its link. */

/** How long a link works. */
export const INVITATION_DAYS = 7

/** Says, after a refusal, that an account whose email nothing proves may have it all the same. */
export const acceptUnproven = { accept_unproven_email: z.boolean().optional() }

export const inviteInput = z.strictObject({ email: email(), role, developer: z.boolean(), ...acceptUnproven })

export const resendInput = z.strictObject(acceptUnproven)

const invitationStatus = z.enum(['open', 'expired'])

/** An invitation that can still be resent or withdrawn. */
const invitation = z.object({
  id: id(),
  email: z.string(),
  role,
  developer: z.boolean(),
  status: invitationStatus,
  invited_by: z.string().nullable(),
  created_at: instant(),
  expires_at: instant(),
})

export const invitationList = z.object({ data: z.array(invitation) })

/** The reply to an invitation or a resending, the only one that ever holds the link; null: it went by mail. */
export const deliveredInvitation = invitation.extend({ link: z.string().nullable() })

const token = z.string().min(1).max(200)

/** The token goes in a body: in an address it would stand in histories and logs. */
export const lookInput = z.strictObject({ token })

/** What a link comes to for whoever has it open: the person, or nobody, who is signed in. */
export const invitationView = z.discriminatedUnion('state', [
  z.object({ state: z.enum(['unknown', 'used', 'withdrawn', 'expired']) }),
  z.object({
    state: z.enum(['new_person', 'sign_in', 'join', 'another_person', 'member']),
    organization: z.object({ slug: z.string(), name: z.string() }),
    email: z.string(),
    role,
    invited_by: z.string().nullable(),
    expires_at: instant(),
  }),
])

export const newPersonFields = z.strictObject({ name: label(100), password: newPassword })

/** `person` is who somebody new will be; absent: the person who is signed in joins. */
export const acceptInput = z.strictObject({ token, person: newPersonFields.optional() })

export const acceptedInvitation = z.object({ organization: z.object({ slug: z.string(), name: z.string() }) })

export type InviteInput = z.output<typeof inviteInput>
export type ResendInput = z.output<typeof resendInput>
export type Invitation = z.output<typeof invitation>
export type DeliveredInvitation = z.output<typeof deliveredInvitation>
export type InvitationView = z.output<typeof invitationView>
export type AcceptInput = z.output<typeof acceptInput>
