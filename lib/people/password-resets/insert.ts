import { runtime } from '@/lib/base/node/runtime'
import { MINUTE_MS } from '@/lib/base/time'
import type { Transaction } from '@/lib/kernel/db/transaction'
import { databaseNow } from '@/lib/kernel/db/transaction'
import { hashToken, makeToken } from '@/lib/people/sign-in/one-time-token'

const LIFETIME_MS = 30 * MINUTE_MS

/**
 * Makes a link for the person and stores its token's hash alone. Earlier links stay good until one is used.
 * @param mailed whether it goes to the person's address and nobody else sees it: its use then proves the address
 */
export async function insertReset(
  db: Transaction,
  { user_id, mailed }: { user_id: string; mailed: boolean },
): Promise<{ link: string; expires_at: Date }> {
  const token = makeToken()
  const expires_at = new Date((await databaseNow(db)).getTime() + LIFETIME_MS)
  await db.passwordReset.create({ data: { token_hash: hashToken(token), user_id, mailed, expires_at } })
  // Behind the #, so that no server, log or Referer ever sees it.
  return { link: `${runtime().appUrl}/reset-password#${token}`, expires_at }
}
