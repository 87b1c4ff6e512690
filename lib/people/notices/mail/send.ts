import { randomUUID } from 'node:crypto'
import { log } from '@/lib/base/node/log'
import type { PrismaClient } from '@/lib/kernel/db/generated/client'
import { databaseNow } from '@/lib/kernel/db/transaction'
import { handle } from '@/lib/kernel/jobs/handle'
import { isRefusedForGood } from '@/lib/kernel/mail/for-good'
import { sendMail, sendsMail } from '@/lib/kernel/mail/send'
import { relativesInUse, WITH_RELATIVES } from '@/lib/keys/life/leaks/relatives'
import { type NoticeDetails, noticeDetails } from '@/lib/people/notices/details'
import { lastDigest, mailNotices } from '@/lib/people/notices/mail/job'
import { type MailedNotice, writeMail } from '@/lib/people/notices/mail/write'
import { noticesSeenBy } from '@/lib/people/notices/seen-by'
import { wordsOf } from '@/lib/people/notices/words'

/**
 * Mails to one person all that waits to be mailed to them. Whom it is of no concern any more, by their role of now, it is not
 * mailed. An attempt that was cut off is made again as the same mail, with the same Message-ID.
 */
export const mailNoticesHandler = handle(mailNotices, async ({ db, signal, last }, { user_id, way }) => {
  if (!sendsMail()) return
  const mail_id = await takeUp(db, user_id, way)
  const mail = await compose(db, user_id, mail_id, way === 'daily')
  // Another worker may have it by now.
  if (signal.aborted) throw new Error('The worker lost its hold on the job.')
  if (mail) {
    try {
      await sendMail(mail)
    } catch (error) {
      if (!last && !isRefusedForGood(error)) {
        // What comes until the next attempt goes along with it.
        await db.notice.updateMany({ where: { mail_id, mail: { not: null } }, data: { mail_id: null } })
        throw error
      }
      log.error({ err: error, user_id }, 'A mail with notices could not be sent; they are told in the product alone.')
    }
  }
  const mailed_at = mail ? await databaseNow(db) : null
  await db.notice.updateMany({ where: { mail_id, mail: { not: null } }, data: { mail: null, mailed_at } })
})

/** Marks what waits as one mail; where one was begun and not ended, that. @returns its id */
async function takeUp(db: PrismaClient, user_id: string, way: 'at_once' | 'daily'): Promise<string> {
  const waits = { user_id, mail: way }
  const begun = await db.notice.findFirst({ where: { ...waits, mail_id: { not: null } }, select: { mail_id: true } })
  if (begun?.mail_id) return begun.mail_id
  const mail_id = randomUUID()
  const due = way === 'daily' ? { at: { lt: lastDigest(await databaseNow(db)) } } : {}
  await db.notice.updateMany({ where: { ...waits, ...due }, data: { mail_id } })
  return mail_id
}

/** Null: there is nothing to tell the person, or nobody. */
async function compose(db: PrismaClient, user_id: string, mail_id: string, daily: boolean) {
  const person = await db.user.findUnique({ where: { id: user_id }, select: { id: true, name: true, email: true } })
  const rows = await db.notice.findMany({
    where: { AND: [noticesSeenBy(user_id), { mail_id }] },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    select: { kind: true, details: true, organization: { select: { slug: true, name: true } } },
  })
  if (!person || rows.length === 0) return null
  const notices: MailedNotice[] = []
  for (const { kind, organization, ...row } of rows) {
    const details = noticeDetails.parse(row.details)
    const told = kind === 'key_leaked' ? await withRelatives(db, details) : details
    notices.push({ kind, organization, ...wordsOf({ kind, details: told, organization }) })
  }
  return writeMail({ person, notices, daily, mail_id })
}

/** Of leaked keys it is said which others of their lineage still work. */
async function withRelatives(db: PrismaClient, details: NoticeDetails): Promise<NoticeDetails> {
  const now = await databaseNow(db)
  const keys = await db.apiKey.findMany({
    where: { id: { in: details.subjects.map(({ id }) => id) } },
    select: { id: true, ...WITH_RELATIVES },
  })
  const noteOf = new Map(
    keys.map((key) => {
      const others = relativesInUse(key, now).map(({ relation, key_prefix }) => `its ${relation} ${key_prefix}`)
      const work = others.length > 1 ? 'still work; revoke them if they' : 'still works; revoke it if it'
      return [key.id, others.length > 0 ? `${others.join(' and ')} ${work} got out too` : null]
    }),
  )
  return { ...details, subjects: details.subjects.map((key) => ({ ...key, note: noteOf.get(key.id) ?? key.note })) }
}
