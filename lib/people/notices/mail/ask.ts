import type { PrismaClient } from '@/lib/kernel/db/generated/client'
import { databaseNow } from '@/lib/kernel/db/transaction'
import { enqueue } from '@/lib/kernel/jobs/enqueue'
import { sendsMail } from '@/lib/kernel/mail/send'
import { lastDigest, mailNotices } from '@/lib/people/notices/mail/job'

/** Between two mails to one person; what comes meanwhile is in the second one. */
const APART_MINUTES = 5

/**
 * Asks for a mail to each person for whom something waits. Where one is asked for already, that one will bring it; what
 * such a one has just missed, the next round asks for.
 */
export async function askForMails(db: PrismaClient): Promise<void> {
  if (!sendsMail()) return
  const people = await db.$queryRaw<{ user_id: string; way: 'at_once' | 'daily' }[]>`
    SELECT DISTINCT n.user_id, n.mail::text AS way FROM notices n
    WHERE (n.mail = 'daily' AND n.at < ${lastDigest(await databaseNow(db))}) OR (
      n.mail = 'at_once' AND NOT EXISTS (
        SELECT FROM notices m
        WHERE m.user_id = n.user_id AND m.mailed_at > statement_timestamp() - make_interval(mins => ${APART_MINUTES}::int)
      )
    )`
  const jobs = people.map(({ user_id, way }) =>
    mailNotices.job({ user_id, way }, { key: `${mailNotices.name} ${way} ${user_id}` }),
  )
  await enqueue({ db }, ...jobs)
}
