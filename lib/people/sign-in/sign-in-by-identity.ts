import { z } from 'zod'
import { SECOND_MS } from '@/lib/base/time'
import { email } from '@/lib/contracts/fields'
import type { Origin } from '@/lib/kernel/actors/context'
import { recordAudit } from '@/lib/kernel/audit/record'
import { type Database, inTransaction, type Transaction } from '@/lib/kernel/db/transaction'
import type { SignInRefusal } from '@/lib/people/sign-in/contract'
import { noteEmailProved } from '@/lib/people/sign-in/email-proof'
import { recordRefusedSignIn, recordSignIn } from '@/lib/people/sign-in/record-sign-in'
import { type OpenSession, openSession, proveSession } from '@/lib/people/sign-in/sessions'

/** What an OpenID provider says of a person; its signature, audience and nonce have been checked. */
const claims = z.object({
  iss: z.string().min(1),
  sub: z.string().min(1).max(255),
  email: z.string().optional(),
  email_verified: z.boolean().optional(),
  /** When the provider last asked the person, in seconds. */
  auth_time: z.number().optional(),
})

type Claims = z.output<typeof claims>
type Person = { id: string; email: string }
type Found = { person: Person; linked: boolean } | SignInRefusal

type Context = {
  db: Database
  origin: Origin
  /** The session that the browser has already: single sign-on then confirms it. */
  current: OpenSession | null
}

type Outcome =
  | { signed_in: true; session_id: string; user_id: string; email: string }
  | { signed_in: false; refusal: SignInRefusal }

/** Audited as every sign-in that fails. @param account whom the provider vouches for, where that is somebody here */
async function refuse(
  ctx: { db: Transaction; origin: Origin },
  refusal: SignInRefusal,
  account: Person | null = null,
): Promise<Outcome> {
  await recordRefusedSignIn(ctx, { action: 'session.sign_in_failed', account, after: { because: refusal } })
  return { signed_in: false, refusal }
}

/**
 * Opens a session for whoever an OpenID provider vouches for, or confirms the one that the browser has. A person is known
 * by issuer and subject; the first time, by an email that the provider has verified. Nobody is made here: people are
 * invited.
 */
export function signInByIdentity(context: Context, input: unknown): Promise<Outcome> {
  const told = claims.parse(input)
  return inTransaction(context, async (ctx) => {
    const found = await findPerson(ctx.db, told)
    if (typeof found === 'string') return refuse(ctx, found)
    const { person, linked } = found
    if (ctx.current && ctx.current.user.id !== person.id) return refuse(ctx, 'other_person', person)
    if (!linked && !(await link(ctx, told, person))) return refuse(ctx, 'linked_elsewhere', person)
    const proved_at = told.auth_time === undefined ? null : new Date(told.auth_time * SECOND_MS)
    const session_id = ctx.current ? await confirm(ctx, ctx.current, proved_at) : await open(ctx, person, proved_at)
    return { signed_in: true, session_id, user_id: person.id, email: person.email }
  })
}

const PERSON = { id: true, email: true } as const

async function findPerson(db: Transaction, { iss, sub, ...told }: Claims): Promise<Found> {
  const identity = await db.identity.findUnique({
    where: { issuer_subject: { issuer: iss, subject: sub } },
    select: { user: { select: PERSON } },
  })
  if (identity) return { person: identity.user, linked: true }
  const address = email().safeParse(told.email)
  // Anybody can write another's address into a profile: only a verified one says who somebody is.
  if (told.email_verified !== true || !address.success) return 'email_unverified'
  const person = await db.user.findUnique({ where: { email: address.data }, select: PERSON })
  return person ? { person, linked: false } : 'unknown_person'
}

/** @returns false when the person is linked to another subject of the same issuer */
async function link(
  ctx: Context & { db: Transaction },
  { iss: issuer, sub: subject }: Claims,
  { id, email }: Person,
): Promise<boolean> {
  const { count } = await ctx.db.identity.createMany({ data: [{ issuer, subject, user_id: id }], skipDuplicates: true })
  if (count === 0) return (await ctx.db.identity.count({ where: { issuer, subject, user_id: id } })) === 1
  if (!ctx.current) await throwOutOthers(ctx.db, id)
  // It was found by an email that the provider has verified.
  await noteEmailProved(ctx.db, id)
  await recordAudit(
    { ...ctx, actor: { kind: 'person', user_id: id, email }, organization: null },
    { action: 'user.identity_linked', target: { id, label: email }, after: { issuer } },
  )
  return true
}

/**
 * The provider's word is the first proof of whose the address is: whoever took it before, by a link that was not meant for
 * them, goes. The owner can set a password again after this sign-on.
 */
async function throwOutOthers(db: Transaction, user_id: string): Promise<void> {
  await db.user.update({ where: { id: user_id }, data: { password_hash: null } })
  await db.session.deleteMany({ where: { user_id } })
  await db.passwordReset.deleteMany({ where: { user_id } })
}

async function open(ctx: { db: Transaction; origin: Origin }, person: Person, proved_at: Date | null): Promise<string> {
  const { id } = await openSession(ctx.db, { user_id: person.id, origin: ctx.origin, proved_at })
  await recordSignIn(ctx, person)
  return id
}

async function confirm(
  ctx: { db: Transaction; origin: Origin },
  { id, user }: OpenSession,
  proved_at: Date | null,
): Promise<string> {
  await proveSession(ctx.db, id, proved_at)
  await recordAudit(
    { ...ctx, actor: { kind: 'person', user_id: user.id, email: user.email }, organization: null },
    { action: 'session.proved', target: { id: user.id, label: user.email } },
  )
  return id
}
