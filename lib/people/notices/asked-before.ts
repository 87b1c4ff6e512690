import { z } from 'zod'
import type { PrismaClient } from '@/lib/kernel/db/generated/client'
import { inTransaction, type Transaction } from '@/lib/kernel/db/transaction'
import { defineJob } from '@/lib/kernel/jobs/define'
import { handle } from '@/lib/kernel/jobs/handle'
import { MOST_REPORTS } from '@/lib/keys/life/leaks/job'
import type { NoticeKind } from '@/lib/people/notices/contract'
import { askForMails } from '@/lib/people/notices/mail/ask'
import { untoldOf, whyDisabled } from '@/lib/people/notices/news/changes'
import { type News, tell } from '@/lib/people/notices/tell'

/**
 * Mails that the version before had asked for, each by a job of its own, and had not sent when it was replaced; one that still
 * runs beside this version goes on asking. They become notices: of what was before the notices nothing else tells.
 */

const leakMail = defineJob({
  name: 'leak.mail',
  data: z.strictObject({ user_id: z.uuid(), organization_id: z.uuid(), key_ids: z.array(z.uuid()).max(MOST_REPORTS) }),
})

const leakMailHandler = handle(leakMail, ({ db }, { user_id, organization_id, key_ids }) =>
  tellOne(db, 'key_leaked', user_id, async (transaction) => {
    const keys = await transaction.apiKey.findMany({
      where: { id: { in: key_ids }, organization_id, leaked: true },
      select: { id: true, name: true, key_prefix: true, environment: true, created_by: true },
    })
    return keys.map(({ created_by: maker, ...key }) =>
      newsOf('key_leaked', organization_id, maker, { ...key, note: null }),
    )
  }),
)

const disabledMail = defineJob({
  name: 'webhook.tell_disabled',
  data: z.strictObject({ webhook_id: z.uuid(), email: z.string() }),
})

const disabledMailHandler = handle(disabledMail, async ({ db }, { webhook_id, email }) => {
  const user = await db.user.findUnique({ where: { email }, select: { id: true } })
  if (!user) return
  await tellOne(db, 'webhook_disabled', user.id, async (transaction) => {
    const webhook = await transaction.webhook.findUnique({
      where: { id: webhook_id, enabled: false },
      select: { id: true, organization_id: true, url: true, environment: true, disabled_reason: true },
    })
    const note = webhook && whyDisabled(webhook.disabled_reason)
    if (!webhook || !note) return []
    const { id, environment, organization_id } = webhook
    const subject = { id, name: new URL(webhook.url).host, key_prefix: null, environment, note }
    return [newsOf('webhook_disabled', organization_id, null, subject)]
  })
})

const newsOf = (kind: NoticeKind, organization_id: string, maker: string | null, subject: News['subject']): News => ({
  kind,
  organization_id,
  maker,
  facts: { by: null, until: null },
  subject,
})

/** Tells one person of what nothing tells them of, as far as their role lets them know of it. */
async function tellOne(
  db: PrismaClient,
  kind: NoticeKind,
  user_id: string,
  read: (db: Transaction) => Promise<News[]>,
): Promise<void> {
  await inTransaction({ db }, async ({ db: transaction }) => {
    const news = await read(transaction)
    // What both versions would tell of stands in the audit too, and is told of from there.
    const untold = await untoldOf(
      transaction,
      kind,
      news.map(({ subject }) => subject.id),
    )
    const told = await transaction.notice.findMany({ where: { user_id, kind }, select: { details: true } })
    const known = JSON.stringify(told)
    await tell(
      transaction,
      news.filter(({ subject: { id } }) => !untold.has(id) && !known.includes(id)),
      { only: user_id },
    )
  })
  await askForMails(db)
}

export const askedBeforeHandlers = [leakMailHandler, disabledMailHandler]
