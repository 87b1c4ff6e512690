import { databaseNow } from '@/lib/kernel/db/transaction'
import type { AccountContext } from '@/lib/people/account/context'
import type { AccountSession } from '@/lib/people/account/contract'

/** Where the person is signed in: this session first, then the newest. */
export async function listSessions({ db, actor, session }: AccountContext): Promise<AccountSession[]> {
  const rows = await db.session.findMany({
    where: { user_id: actor.user_id, expires_at: { gt: await databaseNow(db) } },
    orderBy: [{ created_at: 'desc' }, { id: 'desc' }],
    select: { id: true, created_at: true, expires_at: true, address: true, user_agent: true },
  })
  const shown = rows.map((row) => ({ ...row, current: row.id === session.id }))
  return shown.sort((a, b) => Number(b.current) - Number(a.current))
}
