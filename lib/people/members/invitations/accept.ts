import { DomainError } from '@/lib/base/errors'
import type { Origin } from '@/lib/kernel/actors/context'
import { recordAudit } from '@/lib/kernel/audit/record'
import { type Database, databaseNow, inTransaction, type Transaction } from '@/lib/kernel/db/transaction'
import type { AcceptInput } from '@/lib/people/members/invitations/contract'
import { type DeadLink, findByToken } from '@/lib/people/members/invitations/find-by-token'
import { noteEmailProved } from '@/lib/people/sign-in/email-proof'
import { hashToken } from '@/lib/people/sign-in/one-time-token'
import { hashPassword } from '@/lib/people/sign-in/password'

type SignedIn = { id: string; email: string } | null

const DEAD: Record<DeadLink, string> = {
  unknown: 'This link opens nothing: it is not whole, or a newer one has taken its place.',
  used: 'This invitation has been used.',
  withdrawn: 'This invitation was withdrawn.',
  expired: 'This invitation has expired. Ask for a new link.',
}

type Invited = { email: string; mailed: boolean; accepts_unproven: boolean }

/** @throws DomainError wrong_state where nothing proves the account's email, and nobody has accepted that */
async function requireProof(db: Transaction, { id, email }: { id: string; email: string }, invited: Invited) {
  if (invited.mailed || invited.accepts_unproven) return
  const { email_proved_at } = await db.user.findUniqueOrThrow({ where: { id }, select: { email_proved_at: true } })
  if (email_proved_at) return
  const detail = `Nothing proves that ${email} is yours. Ask whoever invited you for a new link: they are asked about it.`
  throw new DomainError('wrong_state', detail)
}

/** The person who joins: the one who is signed in, if the invitation is theirs, or somebody new. */
async function joining(db: Transaction, invited: Invited, user: SignedIn, { person }: AcceptInput): Promise<string> {
  const { email } = invited
  if (user && user.email !== email) {
    throw new DomainError('role_forbids', `This invitation is for ${email}, and you are signed in as ${user.email}.`)
  }
  if (user) {
    await requireProof(db, user, invited)
    return user.id
  }
  const withAccount = new DomainError('wrong_state', `${email} has an account. Sign in to accept the invitation.`)
  // Looked up before the password is hashed, which is slow.
  if (!person || (await db.user.findUnique({ where: { email }, select: { id: true } }))) throw withAccount
  const [made] = await db.user.createManyAndReturn({
    data: [{ email, name: person.name, password_hash: await hashPassword(person.password) }],
    skipDuplicates: true,
    select: { id: true },
  })
  if (!made) throw withAccount
  return made.id
}

/**
 * Makes whoever has the link a member, once. Of two who use it at the same time, one is.
 * @throws DomainError wrong_state for a link that is used, withdrawn or expired, where the email has an account and
 *   nobody is signed in, and where nothing proves that the account's email is its own; not_found; role_forbids when
 *   somebody else is signed in; already_exists for a member
 */
export function acceptInvitation(
  context: { db: Database; origin: Origin },
  user: SignedIn,
  input: AcceptInput,
): Promise<{ organization: { slug: string; name: string } }> {
  return inTransaction(context, async (ctx) => {
    await ctx.db.$queryRaw`SELECT id FROM invitations WHERE token_hash = ${hashToken(input.token)} FOR UPDATE`
    const found = await findByToken(ctx.db, input.token)
    if (typeof found === 'string') {
      throw new DomainError(found === 'unknown' ? 'not_found' : 'wrong_state', DEAD[found])
    }
    const { organization, email, role, developer } = found
    const user_id = await joining(ctx.db, found, user, input)
    if (found.mailed) await noteEmailProved(ctx.db, user_id)
    const { count } = await ctx.db.membership.createMany({
      data: [{ organization_id: organization.id, user_id, role, developer }],
      skipDuplicates: true,
    })
    if (count === 0) throw new DomainError('already_exists', `${email} is a member of ${organization.slug} already.`)
    await ctx.db.invitation.update({ where: { id: found.id }, data: { accepted_at: await databaseNow(ctx.db) } })
    const audit = { ...ctx, organization, actor: { kind: 'member' as const, user_id, email, role, developer } }
    const member = { id: user_id, label: email }
    await recordAudit(audit, {
      action: 'member.added',
      target: member,
      after: { role, developer, invitation: found.id },
    })
    return { organization: { slug: organization.slug, name: organization.name } }
  })
}
