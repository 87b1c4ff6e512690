import { expect, test } from 'vitest'
import { inTransaction, type Transaction } from '@/lib/kernel/db/transaction'
import { lockKeys } from '@/lib/keys/rows'
import { useTestDatabase } from '@/lib/testing/database'
import { alterKey, makeKey, makeOrganization, operator } from '@/lib/testing/fixtures'
import { overlap } from '@/lib/testing/overlap'

useTestDatabase()

test('keys are locked in the order of their ids, however they lie, so that two calls never wait in a circle', async () => {
  const organization = await makeOrganization()
  const made = [await makeKey(organization), await makeKey(organization)]
  const [low = '', high = ''] = made.map(({ id }) => id).toSorted()
  // A row that was changed lies behind the others.
  await alterKey(low, { description: 'Changed' })
  const lock = (db: Transaction, id: string) =>
    db.$queryRaw`SELECT id FROM api_keys WHERE id = ${id}::uuid FOR UPDATE NOWAIT`
  const rows = await overlap(
    (db) => lock(db, low),
    () =>
      inTransaction(operator(organization), async (ctx) => {
        // No index brings them in order by chance.
        await ctx.db
          .$executeRaw`SELECT set_config('enable_indexscan', 'off', true), set_config('enable_bitmapscan', 'off', true)`
        return lockKeys(ctx, [high, low])
      }),
    // Whoever waits for the low one does not hold the high one.
    (db) => lock(db, high),
  )
  expect(rows.map(({ id }) => id).toSorted()).toEqual([low, high])
})
