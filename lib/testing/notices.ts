import { prisma } from '@/lib/kernel/db/client'
import { flushLastUses } from '@/lib/keys/authenticate/last-use'
import { flushPressures } from '@/lib/keys/authenticate/pressure'
import { noticeDetails } from '@/lib/people/notices/details'
import { noticeHandlers } from '@/lib/people/notices/handlers'
import { wordsOf } from '@/lib/people/notices/words'
import { carryOutJobs, carryOutRound } from '@/lib/testing/jobs'
import { untilSettled } from '@/lib/testing/settled'

/**
 * Tells of all that has happened by now, in one look: what is told together is one notice. What other databases of the same
 * server are about holds back changes for a moment.
 */
export async function tellAll(): Promise<void> {
  await flushLastUses()
  await flushPressures()
  await carryOutRound('notices.remind')
  await untilSettled()
  await carryOutRound('notices.look')
}

/** Tells of all that has happened, and mails what is to be mailed now. */
export async function tellAndMail(): Promise<void> {
  await tellAll()
  await carryOutJobs(noticeHandlers)
}

/** Lets the time pass that lies between two mails to one person. */
export const letMailsPass = () =>
  prisma().$executeRaw`UPDATE notices SET mailed_at = mailed_at - interval '1 hour' WHERE mailed_at IS NOT NULL`

/** What a person was told, the oldest first, in the words of the bell. */
export async function toldTo(user_id: string, organization?: { id: string }) {
  const rows = await prisma().notice.findMany({
    where: { user_id, ...(organization && { organization_id: organization.id }) },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    include: { organization: { select: { slug: true, name: true } } },
  })
  return rows.map((row) => ({ ...row, ...wordsOf({ ...row, details: noticeDetails.parse(row.details) }) }))
}
