import { randomBytes } from 'node:crypto'
import { DomainError } from '@/lib/base/errors'
import type { Context, OperatorActor } from '@/lib/kernel/actors/context'
import { recordAudit } from '@/lib/kernel/audit/record'
import { inTransaction, type Transaction } from '@/lib/kernel/db/transaction'
import type { AddedMember, AddMemberInput } from '@/lib/people/members/contract'
import { endInvitations } from '@/lib/people/members/invitations/end'
import { requireProvenEmail } from '@/lib/people/sign-in/email-proof'
import { hashPassword } from '@/lib/people/sign-in/password'

/** `password` is of somebody new alone. */
type Person = { id: string; email: string; name: string; email_proved_at: Date | null; password: string | null }

const SHOWN = { id: true, email: true, name: true, email_proved_at: true } as const

/** The person with this email, made with a password of their own if there is none. */
async function findOrCreate(db: Transaction, input: AddMemberInput): Promise<Person> {
  const { email, name } = input
  const known = await db.user.findUnique({ where: { email }, select: SHOWN })
  if (known) return { ...known, password: null }
  const password = randomBytes(12).toString('base64url')
  const [made] = await db.user.createManyAndReturn({
    data: [{ email, name: name ?? email.split('@')[0] ?? email, password_hash: await hashPassword(password) }],
    skipDuplicates: true,
    select: SHOWN,
  })
  // Nothing made: somebody was quicker, and their row is there now.
  return made ? { ...made, password } : findOrCreate(db, input)
}

/**
 * Adds a person to the organisation, with a role. Somebody new gets a password, which the reply alone holds.
 * @throws DomainError already_exists, email_unproven
 */
export function addMember(context: Context<OperatorActor>, input: AddMemberInput): Promise<AddedMember> {
  return inTransaction(context, async (ctx) => {
    const { id: user_id, email, name, email_proved_at, password } = await findOrCreate(ctx.db, input)
    const { role, developer = role !== 'member' } = input
    const membership = { organization_id: ctx.organization.id, user_id, role, developer }
    const { count } = await ctx.db.membership.createMany({ data: [membership], skipDuplicates: true })
    if (count === 0)
      throw new DomainError('already_exists', `${email} is a member of ${ctx.organization.slug} already.`)
    if (password === null) requireProvenEmail({ email, email_proved_at }, input.accept_unproven_email)
    await endInvitations(ctx, { email })
    await recordAudit(ctx, {
      action: 'member.added',
      target: { id: user_id, label: email },
      after: { role, developer },
    })
    return { user_id, email, name, role, developer, password }
  })
}
