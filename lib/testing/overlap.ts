import { setTimeout as wait } from 'node:timers/promises'
import { prisma } from '@/lib/kernel/db/client'
import { inBulkTransaction, type Transaction } from '@/lib/kernel/db/transaction'

type Work = (db: Transaction) => Promise<unknown>

/** Until some transaction of this test's database waits for another. */
export async function someoneWaits() {
  const deadline = Date.now() + 10_000
  while (Date.now() < deadline) {
    const waiting = await prisma().$queryRaw<unknown[]>`
      SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
    if (waiting.length > 0) return
    await wait(10)
  }
  throw new Error('The call waits for nothing.')
}

/**
 * The result of `call`, begun while a transaction has done `first` and not committed it. When the call has come to where
 * it waits for that, the transaction does `last` and commits.
 */
export async function overlap<Result>(first: Work, call: () => Promise<Result>, last?: Work): Promise<Result> {
  const begun: { result?: Promise<Result> } = {}
  // As another program's: no call's limits hold.
  await inBulkTransaction(async (db) => {
    await first(db)
    begun.result = call()
    // It may be refused before we hear that the transaction has ended; who called hears of it below.
    begun.result.catch(() => {})
    await someoneWaits()
    await last?.(db)
  })
  if (!begun.result) throw new Error('The call was not made.')
  return begun.result
}
