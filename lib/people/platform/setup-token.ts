import { timingSafeEqual } from 'node:crypto'
import { HOUR_MS } from '@/lib/base/time'
import { type Database, databaseNow } from '@/lib/kernel/db/transaction'
import { hashToken, makeToken } from '@/lib/people/sign-in/one-time-token'

/** A start prints a new one. */
export const SETUP_TOKEN_HOURS = 24

/** Whether nobody runs the platform yet. There is always somebody from the first run on, so it never opens again. */
export async function isSetupOpen(db: Database): Promise<boolean> {
  return (await db.user.findFirst({ where: { platform_admin: true }, select: { id: true } })) === null
}

/**
 * A token for the first run, of which only the hash is kept; null where somebody runs the platform. Processes that start
 * together make one each, and each works.
 */
export async function makeSetupToken(db: Database): Promise<string | null> {
  if (!(await isSetupOpen(db))) return null
  const now = await databaseNow(db)
  await db.setupToken.deleteMany({ where: { expires_at: { lte: now } } })
  const token = makeToken()
  const expires_at = new Date(now.getTime() + SETUP_TOKEN_HOURS * HOUR_MS)
  await db.setupToken.create({ data: { token_hash: hashToken(token), expires_at } })
  return token
}

/** Whether a start has printed this token and it is not past its time. */
export async function isSetupToken(db: Database, token: string): Promise<boolean> {
  const rows = await db.setupToken.findMany({ where: { expires_at: { gt: await databaseNow(db) } } })
  const hash = hashToken(token)
  // Every one is compared, each in the same time.
  return rows.map(({ token_hash }) => timingSafeEqual(token_hash, hash)).includes(true)
}
