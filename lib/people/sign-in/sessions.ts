import { z } from 'zod'
import { DAY_MS, SECOND_MS } from '@/lib/base/time'
import type { Origin } from '@/lib/kernel/actors/context'
import { recordAudit } from '@/lib/kernel/audit/record'
import type { Database, Transaction } from '@/lib/kernel/db/transaction'
import { databaseNow } from '@/lib/kernel/db/transaction'

/** A session ends a week after the sign-in, used or not. */
export const SESSION_SECONDS = (7 * DAY_MS) / SECOND_MS

/** How long a password, once shown, stands for the person in front of the browser. */
const PROOF_MINUTES = 15

export type SignedInUser = { id: string; email: string; name: string; platform_admin: boolean }
export type OpenSession = {
  id: string
  user: SignedInUser
  /** The person showed within the last fifteen minutes, by the database's clock, who they are. */
  proved: boolean
}

type NewSession = {
  user_id: string
  origin: Origin
  /** When the person showed who they are, where that was not just now; null: nobody knows. */
  proved_at?: Date | null
}

/** Opens a session; the caller puts its id into the cookie's token. */
export async function openSession(
  db: Transaction,
  { user_id, origin, proved_at }: NewSession,
): Promise<{ id: string }> {
  const now = await databaseNow(db)
  return db.session.create({
    data: {
      user_id,
      expires_at: new Date(now.getTime() + SESSION_SECONDS * SECOND_MS),
      proved_at: notLater(proved_at === undefined ? now : proved_at, now),
      address: origin.address,
      user_agent: origin.user_agent,
    },
    select: { id: true },
  })
}

/** Another's clock may be ahead of ours; a proof from the future would last too long. */
const notLater = (at: Date | null, now: Date) => (at && at > now ? now : at)

const sessionId = z.uuid()

/** The session and its person, or null when it was closed, has expired by the database's clock, or never was. */
export async function findSession(db: Database, id: string): Promise<OpenSession | null> {
  if (!sessionId.safeParse(id).success) return null
  const rows = await db.$queryRaw<(SignedInUser & { proved: boolean })[]>`
    SELECT u.id, u.email, u.name, u.platform_admin,
      coalesce(s.proved_at > clock_timestamp() - make_interval(mins => ${PROOF_MINUTES}::int), false) AS proved
    FROM sessions s JOIN users u ON u.id = s.user_id
    WHERE s.id = ${id}::uuid AND s.expires_at > clock_timestamp()`
  if (!rows[0]) return null
  const { proved, ...user } = rows[0]
  return { id, user, proved }
}

/** Notes that the person of a session has just shown who they are, or did at `at`. An older proof changes nothing. */
export async function proveSession(db: Database, id: string, at?: Date | null): Promise<void> {
  const now = await databaseNow(db)
  const proved_at = notLater(at === undefined ? now : at, now)
  if (!proved_at) return
  await db.session.updateMany({
    where: { id, OR: [{ proved_at: null }, { proved_at: { lt: proved_at } }] },
    data: { proved_at },
  })
}

/** Ends the session in whose place a browser has just got another, also for a copy of its cookie that is elsewhere. */
export async function replaceSession(
  ctx: { db: Transaction; origin: Origin },
  former: string,
  { id: user_id, email }: { id: string; email: string },
): Promise<void> {
  if (!sessionId.safeParse(former).success) return
  const session = await ctx.db.session.findUnique({
    where: { id: former },
    select: { user: { select: { id: true, email: true } } },
  })
  const { count } = await ctx.db.session.deleteMany({ where: { id: former } })
  if (!session || count === 0) return
  const { id, email: label } = session.user
  await recordAudit(
    { ...ctx, actor: { kind: 'person', user_id, email }, organization: null },
    { action: 'session.replaced', target: { id, label } },
  )
}

/** Ends a session everywhere, also for a copied cookie. Ending one that is gone is no error. */
export async function closeSession(db: Database, id: string) {
  if (!sessionId.safeParse(id).success) return
  await db.session.deleteMany({ where: { id } })
}
