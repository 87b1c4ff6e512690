import { expect, test } from 'vitest'
import { writeBehind } from '@/lib/kernel/db/write-behind'

/** A write-behind of sums, and the batches that it has written. */
function sums(write: (batch: { name: string; sum: number }[]) => Promise<void> = async () => {}) {
  const batches: { name: string; sum: number }[][] = []
  const gathered = writeBehind<{ name: string; sum: number }>({
    merge: (older, newer) => ({ ...newer, sum: older.sum + newer.sum }),
    write: async (batch) => {
      batches.push(batch)
      await write(batch)
    },
  })
  return { batches, add: (name: string, sum: number) => gathered.add(name, { name, sum }), flush: gathered.flush }
}

test('items with one key are merged, and a batch is written in the order of the keys', async () => {
  const { add, flush, batches } = sums()
  for (const [name, sum] of [
    ['b', 1],
    ['a', 2],
    ['b', 3],
  ] as const) {
    add(name, sum)
  }
  await flush()
  expect(batches).toEqual([
    [
      { name: 'a', sum: 2 },
      { name: 'b', sum: 4 },
    ],
  ])
})

test('nothing is written when nothing is gathered', async () => {
  const { flush, batches } = sums()
  await flush()
  expect(batches).toEqual([])
})

test('what is gathered is written by itself', async () => {
  const { add, batches } = sums()
  add('a', 1)
  await expect.poll(() => batches.length, { timeout: 15_000 }).toBe(1)
})

test('a failed batch is kept, and merged with what has come meanwhile', async () => {
  let broken = true
  const { add, flush, batches } = sums(async () => {
    if (broken) throw new Error('The database is away.')
  })
  add('a', 1)
  const first = flush()
  add('a', 10)
  await first
  broken = false
  await flush()
  expect(batches.at(-1)).toEqual([{ name: 'a', sum: 11 }])
})

test('two batches are never written at the same time', async () => {
  let writing = 0
  let most = 0
  const { add, flush } = sums(async () => {
    most = Math.max(most, ++writing)
    await new Promise(setImmediate)
    writing--
  })
  const flushes = ['a', 'b', 'c'].map((name) => {
    add(name, 1)
    return flush()
  })
  await Promise.all(flushes)
  expect(most).toBe(1)
})
