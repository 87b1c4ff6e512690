import { z } from 'zod'
import { MINUTE_MS, SECOND_MS } from '@/lib/base/time'
import type { PrismaClient } from '@/lib/kernel/db/generated/client'
import { inTransaction } from '@/lib/kernel/db/transaction'
import { defineJob } from '@/lib/kernel/jobs/define'
import { handle } from '@/lib/kernel/jobs/handle'
import { tellOfLeaks } from '@/lib/keys/life/leaks/job'
import { askForMails } from '@/lib/people/notices/mail/ask'
import { takeChanges } from '@/lib/people/notices/news/changes'
import { takeReminders } from '@/lib/people/notices/news/reminders'
import { takeNetworks, takePressures } from '@/lib/people/notices/news/uses'
import { tell } from '@/lib/people/notices/tell'

const round = z.strictObject({})

/** Takes what is new and tells of it, in one transaction: each is told once, whatever ends in between. */
const tellSome = (db: PrismaClient): Promise<boolean> =>
  inTransaction({ db }, async ({ db: transaction }) => {
    // First: its lock lets one process at a time go on.
    const { news, more } = await takeChanges(transaction)
    const networks = await takeNetworks(transaction)
    await tell(transaction, [...news, ...networks, ...(await takePressures(transaction))])
    return more
  })

/** Tells of all that is new, in portions where that is a great deal. */
async function tellNews(db: PrismaClient, signal?: AbortSignal): Promise<void> {
  while ((await tellSome(db)) && !signal?.aborted);
  await askForMails(db)
}

const look = defineJob({ name: 'notices.look', data: round, every: 5 * SECOND_MS, at_once: 1 })

/** Again and again: what was changed, and how keys were used. */
const lookHandler = handle(look, ({ db, signal }) => tellNews(db, signal))

const remind = defineJob({ name: 'notices.remind', data: round, every: MINUTE_MS, at_once: 1 })

/** Again and again: what expires. */
const remindHandler = handle(remind, ({ db }) =>
  inTransaction({ db }, async ({ db: transaction }) => tell(transaction, await takeReminders(transaction))),
)

/** A leak waits for no round. */
const tellOfLeaksHandler = handle(tellOfLeaks, ({ db, signal }) => tellNews(db, signal))

export const newsHandlers = [lookHandler, remindHandler, tellOfLeaksHandler]
