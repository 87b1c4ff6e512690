import { MOST_UNREAD_COUNTED } from '@/lib/contracts/most-unread'
import type { SortKey } from '@/lib/contracts/page'
import { keyset, toPage } from '@/lib/kernel/listing/keyset'
import type { AccountContext } from '@/lib/people/account/context'
import type { ListNoticesQuery, NoticePage } from '@/lib/people/notices/contract'
import { noticeDetails } from '@/lib/people/notices/details'
import { noticesSeenBy } from '@/lib/people/notices/seen-by'
import { wordsOf } from '@/lib/people/notices/words'

const NEWEST: SortKey<'at'>[] = [{ field: 'at', direction: 'desc' }]

/**
 * What a person was told, the newest first, in all their organisations.
 * @throws DomainError invalid_cursor
 */
export async function listNotices({ db, actor }: AccountContext, query: ListNoticesQuery): Promise<NoticePage> {
  const request = { list: ['notices', actor.user_id], sort: NEWEST, ...query }
  const { where, orderBy, take } = keyset(request)
  const rows = await db.notice.findMany({
    where: { AND: [noticesSeenBy(actor.user_id), where] },
    orderBy,
    take,
    select: {
      id: true,
      kind: true,
      at: true,
      read_at: true,
      details: true,
      organization: { select: { slug: true, name: true } },
    },
  })
  const { data, ...rest } = toPage(request, rows)
  const shown = data.map(({ details, ...row }) => ({
    ...row,
    ...wordsOf({ ...row, details: noticeDetails.parse(details) }),
  }))
  return { ...rest, data: shown }
}

/** How many of them the person has not read, as far as is counted. */
export async function countUnread({ db, actor }: AccountContext): Promise<{ unread: number }> {
  const rows = await db.notice.findMany({
    where: { ...noticesSeenBy(actor.user_id), read_at: null },
    select: { id: true },
    take: MOST_UNREAD_COUNTED,
  })
  return { unread: rows.length }
}
