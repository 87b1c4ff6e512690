import { inTransaction, type Transaction } from '@/lib/kernel/db/transaction'
import { sendsMail } from '@/lib/kernel/mail/send'
import type { AccountContext } from '@/lib/people/account/context'
import { recordOnAccount } from '@/lib/people/account/record-on-account'
import { type ChooseNoticeInput, NOTICE_KINDS, type NoticeChoices } from '@/lib/people/notices/contract'
import { USUAL_WAY } from '@/lib/people/notices/tell'

/** How a person wants to be told of a kind from now on; what waits to be mailed goes that way too. */
export async function choose(db: Transaction, user_id: string, { kind, way }: ChooseNoticeInput): Promise<void> {
  const where = { user_id, kind }
  await db.noticeChoice.upsert({ where: { user_id_kind: where }, create: { ...where, way }, update: { way } })
  const mail = way === 'at_once' || way === 'daily' ? way : null
  await db.notice.updateMany({ where: { ...where, mail: { not: null } }, data: { mail } })
}

/** How the person is told of each kind. */
export async function getNoticeChoices({ db, actor }: Pick<AccountContext, 'db' | 'actor'>): Promise<NoticeChoices> {
  const rows = await db.noticeChoice.findMany({ where: { user_id: actor.user_id } })
  const wayOf = new Map(rows.map(({ kind, way }) => [kind, way]))
  return { mails: sendsMail(), choices: NOTICE_KINDS.map((kind) => ({ kind, way: wayOf.get(kind) ?? USUAL_WAY })) }
}

/** Changes how the person is told of one kind. */
export function chooseNotices(context: AccountContext, input: ChooseNoticeInput): Promise<NoticeChoices> {
  return inTransaction(context, async (ctx) => {
    await choose(ctx.db, ctx.actor.user_id, input)
    // Whoever has taken over an account would like its owner to hear of nothing.
    await recordOnAccount(ctx, { action: 'user.notices_chosen', after: { kinds: [input.kind], way: input.way } })
    return getNoticeChoices(ctx)
  })
}
