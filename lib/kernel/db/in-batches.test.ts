import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { inBatches } from '@/lib/kernel/db/in-batches'
import { movingClock } from '@/lib/testing/moving-clock'

/** Doubles numbers in batches that end when they are told to. */
function doubling({ lanes = 1, size = 10, patience = 10_000 } = {}) {
  const batches: { inputs: number[]; end: (error?: Error) => void }[] = []
  const double = inBatches(
    (inputs: number[]) =>
      new Promise<number[]>((resolve, reject) => {
        const end = (error?: Error) => (error ? reject(error) : resolve(inputs.map((input) => input * 2)))
        batches.push({ inputs, end })
      }),
    { lanes, size, patience },
  )
  return { double, batches, inputs: () => batches.map((batch) => batch.inputs) }
}

test('what comes at the same time goes together, and each gets its own output', async () => {
  const { double, batches, inputs } = doubling()
  const outputs = Promise.all([1, 2, 3].map(double))
  await nextTurn()
  expect(inputs()).toEqual([[1, 2, 3]])
  batches[0]?.end()
  expect(await outputs).toEqual([2, 4, 6])
})

test('what comes while every lane is busy waits, and goes together when one is free', async () => {
  const { double, batches, inputs } = doubling({ lanes: 2 })
  for (const input of [1, 2, 3, 4]) {
    void double(input)
    await nextTurn()
  }
  expect(inputs()).toEqual([[1], [2]])
  batches[1]?.end()
  await nextTurn()
  expect(inputs()).toEqual([[1], [2], [3, 4]])
})

test('a batch is no larger than its size', async () => {
  const { double, batches, inputs } = doubling({ size: 2 })
  for (const input of [1, 2, 3]) void double(input)
  await nextTurn()
  batches[0]?.end()
  await nextTurn()
  expect(inputs()).toEqual([[1, 2], [3]])
})

test('a batch that fails tells each that waits for it, and the next one goes on', async () => {
  const { double, batches } = doubling()
  const outcomes = Promise.allSettled([double(1), double(2)])
  await nextTurn()
  const third = double(3)
  batches[0]?.end(new Error('The database is away.'))
  expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await nextTurn()
  batches[1]?.end()
  expect(await third).toBe(6)
})

test('what has waited longer than its patience is refused and never run; what came later goes on', async () => {
  const moveAhead = movingClock()
  const { double, batches, inputs } = doubling({ patience: 50 })
  const first = double(1)
  await nextTurn()
  const late = expect(double(2)).rejects.toMatchObject({ code: 'unavailable' })
  await nextTurn()
  moveAhead(100)
  const inTime = double(3)
  batches[0]?.end()
  expect(await first).toBe(2)
  await late
  expect(inputs()).toEqual([[1], [3]])
  batches[1]?.end()
  expect(await inTime).toBe(6)
  vi.restoreAllMocks()
})
