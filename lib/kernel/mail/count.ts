import { tooMany } from '@/lib/base/errors'
import { HOUR_MS, SECOND_MS } from '@/lib/base/time'
import type { Transaction } from '@/lib/kernel/db/transaction'

/** From whom a mail goes to whom. */
type Posted = { to: string; organization: { id: string } }

const WINDOW_SECONDS = HOUR_MS / SECOND_MS

/**
 * How many mails may go out within an hour. A person is spared also where several organisations write, and an
 * organisation that writes to one person too often still writes to others.
 */
const LIMITS: { most: number; keyOf: (mail: Posted) => string }[] = [
  { most: 5, keyOf: ({ to, organization }) => `from ${organization.id} to ${to}` },
  { most: 15, keyOf: ({ to }) => `to ${to}` },
  { most: 100, keyOf: ({ organization }) => `from ${organization.id}` },
]

/**
 * Counts a mail that an organisation's people cause, in the transaction that writes it: one that is refused, here or
 * later, is not counted.
 * @throws DomainError rate_limited
 */
export async function countMail(db: Transaction, mail: Posted): Promise<void> {
  for (const { most, keyOf } of LIMITS) {
    const { mails, seconds } = await countOne(db, keyOf(mail))
    if (mails > most) throw tooMany('mails', seconds)
  }
}

/** @returns how many there are with this one, and when they are forgotten */
async function countOne(db: Transaction, key: string): Promise<{ mails: number; seconds: number }> {
  const rows = await db.$queryRaw<{ mails: number; seconds: number }[]>`
    INSERT INTO mail_counts AS c (key, mails, ends_at)
    VALUES (${key}, 1, clock_timestamp() + make_interval(secs => ${WINDOW_SECONDS}::int))
    ON CONFLICT (key) DO UPDATE SET
      mails = CASE WHEN c.ends_at > clock_timestamp() THEN c.mails + 1 ELSE 1 END,
      ends_at = CASE WHEN c.ends_at > clock_timestamp() THEN c.ends_at ELSE EXCLUDED.ends_at END
    RETURNING mails, ceil(extract(epoch FROM ends_at - clock_timestamp()))::int AS seconds`
  if (!rows[0]) throw new Error('The database did not count a mail.')
  return rows[0]
}
