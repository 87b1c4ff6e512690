import { databaseNow } from '@/lib/kernel/db/transaction'
import type { AccountContext } from '@/lib/people/account/context'
import type { ReadNoticesInput } from '@/lib/people/notices/contract'

/** Notes that the person has read notices: those that are named, or all. What is not theirs is passed over. */
export async function markNoticesRead({ db, actor }: AccountContext, { ids }: ReadNoticesInput): Promise<void> {
  await db.notice.updateMany({
    where: { user_id: actor.user_id, read_at: null, ...(ids && { id: { in: ids } }) },
    data: { read_at: await databaseNow(db) },
  })
}
