import type { Origin } from '@/lib/kernel/actors/context'
import { recordAudit } from '@/lib/kernel/audit/record'
import { type Database, inTransaction } from '@/lib/kernel/db/transaction'
import { choose } from '@/lib/people/notices/choose'
import type { EndableMails, EndMailsInput } from '@/lib/people/notices/contract'
import { noSuchLink, openEnd } from '@/lib/people/notices/mail/end-link'

type Context = { db: Database }

/** Which mails a link would end. Changes nothing. @throws DomainError not_found */
export async function lookAtEnd({ db }: Context, { token }: EndMailsInput): Promise<EndableMails> {
  const { user_id, kinds } = openEnd(token)
  const user = await db.user.findUnique({ where: { id: user_id }, select: { email: true } })
  if (!user) throw noSuchLink()
  return { email: user.email, kinds }
}

/**
 * Ends the mails that a link names, without asking who comes with it: whoever has the mail may. They are told in the
 * product as before. A second time changes nothing.
 * @throws DomainError not_found
 */
export function endMails(context: Context & { origin: Origin }, { token }: EndMailsInput): Promise<void> {
  const { user_id, kinds } = openEnd(token)
  return inTransaction(context, async ({ db, origin }) => {
    const user = await db.user.findUnique({
      where: { id: user_id },
      select: { email: true, choices: { where: { way: { in: ['product', 'off'] } }, select: { kind: true } } },
    })
    if (!user) throw noSuchLink()
    const mailed = kinds.filter((kind) => !user.choices.some((choice) => choice.kind === kind))
    if (mailed.length === 0) return
    for (const kind of mailed) await choose(db, user_id, { kind, way: 'product' })
    await recordAudit(
      { db, actor: { kind: 'stranger' }, organization: null, origin },
      {
        action: 'user.notices_chosen',
        target: { id: user_id, label: user.email },
        after: { kinds: mailed, way: 'product' },
        reason: 'By the link of a mail.',
      },
    )
  })
}
