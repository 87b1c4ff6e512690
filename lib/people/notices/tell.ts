import type { Prisma } from '@/lib/kernel/db/generated/client'
import type { Transaction } from '@/lib/kernel/db/transaction'
import { sendsMail } from '@/lib/kernel/mail/send'
import type { NoticeKind, NoticeWay } from '@/lib/people/notices/contract'
import { MOST_SUBJECTS, type NoticeFacts, type NoticeSubject } from '@/lib/people/notices/details'

/** Something that people are to be told of. */
export type News = {
  organization_id: string
  kind: NoticeKind
  /** Who made the key. */
  maker: string | null
  facts: NoticeFacts
  subject: NoticeSubject
}

type Recipient = { user_id: string; organization_id: string; role: 'admin' | 'read_only_admin' | 'member' }

/** How somebody wants to be told who has said nothing. */
export const USUAL_WAY: NoticeWay = 'at_once'

/**
 * Tells people, in the transaction that takes the news: the Admins of all that is new in their organisation, and whoever made a
 * key, and may still see keys, of that key. News of one kind that came together are one notice, however many there are.
 * @param only nobody but this person
 */
export async function tell(db: Transaction, news: readonly News[], { only }: { only?: string } = {}): Promise<void> {
  if (news.length === 0) return
  const ofOrganization = groupsOf(news, ({ organization_id }) => organization_id)
  const recipients = await db.$queryRaw<Recipient[]>`
    SELECT user_id, organization_id, role FROM memberships
    WHERE organization_id = ANY (${[...ofOrganization.keys()]}::uuid[])
      AND (role = 'admin' OR (developer AND role <> 'member'))
      AND (${only ?? null}::uuid IS NULL OR user_id = ${only ?? null}::uuid)`
  const ways = await waysOf(db, recipients)
  const notices = recipients.flatMap((recipient) =>
    noticesFor(recipient, ofOrganization.get(recipient.organization_id) ?? [], (kind) =>
      ways.get(`${recipient.user_id} ${kind}`),
    ),
  )
  await db.notice.createMany({ data: notices })
}

async function waysOf(db: Transaction, recipients: Recipient[]): Promise<Map<string, NoticeWay>> {
  const rows = await db.$queryRaw<{ user_id: string; kind: NoticeKind; way: NoticeWay }[]>`
    SELECT user_id, kind, way FROM notice_choices WHERE user_id = ANY (${recipients.map(({ user_id }) => user_id)}::uuid[])`
  return new Map(rows.map(({ user_id, kind, way }) => [`${user_id} ${kind}`, way]))
}

/** Decides what one person is told, and touches nothing. */
function noticesFor(
  { user_id, organization_id, role }: Recipient,
  news: News[],
  chosen: (kind: NoticeKind) => NoticeWay | undefined,
): Prisma.NoticeCreateManyInput[] {
  const own = role === 'admin' ? news : news.filter(({ maker }) => maker === user_id)
  const together = groupsOf(own, ({ kind, facts }) => JSON.stringify([kind, facts]))
  return [...together.values()].flatMap((some) => {
    const [first] = some
    const way = first && (chosen(first.kind) ?? USUAL_WAY)
    if (!first || way === 'off') return []
    const subjects = some.map(({ subject }) => subject)
    const distinct = new Set(subjects.map(({ id }) => id)).size
    return {
      user_id,
      organization_id,
      kind: first.kind,
      as_maker: role !== 'admin',
      details: { ...first.facts, subjects: subjects.slice(0, MOST_SUBJECTS), count: some.length, distinct },
      mail: way === 'product' || !sendsMail() ? null : way,
    }
  })
}

function groupsOf<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}
