import { z } from 'zod'
import { email } from '@/lib/contracts/fields'
import type { Origin } from '@/lib/kernel/actors/context'
import { type Database, inTransaction, type Transaction } from '@/lib/kernel/db/transaction'
import { countAttempt, forgetAttempts } from '@/lib/people/sign-in/attempts'
import { MAX_PASSWORD_BYTES } from '@/lib/people/sign-in/contract'
import { knownBrowser } from '@/lib/people/sign-in/known-browser'
import { verifyPassword } from '@/lib/people/sign-in/password'
import { recordRefusedSignIn, recordSignIn } from '@/lib/people/sign-in/record-sign-in'
import { openSession, replaceSession } from '@/lib/people/sign-in/sessions'

const credentials = z.object({
  email: email(),
  password: z.string().refine((value) => Buffer.byteLength(value) <= MAX_PASSWORD_BYTES),
})

type Context = {
  db: Database
  origin: Origin
  /** The cookie by which the browser says where it has been signed in before. */
  known?: string | null
  /** The session that the browser has had so far, open or not: the new one takes its place. */
  former?: string | null
}

type Account = NonNullable<Awaited<ReturnType<typeof findAccount>>>
type SignedIn = { session_id: string; user_id: string; email: string }

const findAccount = (db: Database, address: string) =>
  db.user.findUnique({ where: { email: address }, select: { id: true, email: true, password_hash: true } })

/**
 * Opens a session for whoever knows the password, and ends the one that the browser had. An unknown person and a wrong password get the same reply in the
 * same time, and both are audited.
 * @returns null when the two do not match
 * @throws DomainError rate_limited after too many failures from one address or for one account; in a browser that has
 *   been signed in before, after too many of its own
 */
export async function signIn(context: Context, input: unknown): Promise<SignedIn | null> {
  const parsed = credentials.safeParse(input)
  if (!parsed.success) return null
  const { email, password } = parsed.data
  const attempt = { email, address: context.origin.address, browser: knownBrowser(context.known ?? null, email) }
  await countAttempt(attempt, async (because) => {
    const account = await findAccount(context.db, email)
    await recordRefusedSignIn(context, { action: 'session.sign_in_locked', account, after: { because } })
  })
  const account = await findAccount(context.db, email)
  const matches = await verifyPassword(account?.password_hash ?? null, password)
  if (!account || !matches) {
    await recordRefusedSignIn(context, { action: 'session.sign_in_failed', account, after: { because: 'password' } })
    return null
  }
  await forgetAttempts(attempt)
  return inTransaction(context, (ctx) => open(ctx, account))
}

async function open(ctx: Context & { db: Transaction }, account: Account): Promise<SignedIn | null> {
  if (!(await stillHas(ctx.db, account))) return null
  const session = await openSession(ctx.db, { user_id: account.id, origin: ctx.origin })
  await recordSignIn(ctx, account)
  if (ctx.former) await replaceSession(ctx, ctx.former, account)
  return { session_id: session.id, user_id: account.id, email: account.email }
}

/**
 * Whether the password is still the one that was verified, and stays it until the transaction ends: a change of the
 * password ends all sessions, and one that is just being opened with the old password must be among them.
 */
async function stillHas(db: Transaction, { id, password_hash }: Account): Promise<boolean> {
  const rows = await db.$queryRaw<{ password_hash: string | null }[]>`
    SELECT password_hash FROM users WHERE id = ${id}::uuid FOR SHARE`
  return rows[0]?.password_hash === password_hash
}
