import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { inFairShare } from '@/lib/kernel/db/fair-share'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

/** Work that ends when it is told to. */
function held(caller: string) {
  const work = { running: false, end: () => {}, done: Promise.resolve() }
  work.done = inFairShare(caller, () => {
    work.running = true
    return new Promise<void>((resolve) => {
      work.end = resolve
    })
  })
  return work
}

test('one caller has eight at once and no more, another’s go on, and who ends makes room for the first that waits', async () => {
  const mine = Array.from({ length: 10 }, () => held('mine'))
  const other = held('other')
  await nextTurn()
  expect(mine.map(({ running }) => running)).toEqual([...Array(8).fill(true), false, false])
  expect(other.running).toBe(true)
  mine[3]?.end()
  await nextTurn()
  expect(mine.map(({ running }) => running)).toEqual([...Array(9).fill(true), false])
  for (const work of [...mine, other]) work.end()
  await nextTurn()
  mine[9]?.end()
  await Promise.all([...mine, other].map(({ done }) => done))
})

test('who waits longer than four seconds is refused and never run, and what fails makes room too', async () => {
  const failing = Array.from({ length: 8 }, () => held('failing'))
  const late = held('failing')
  const refused = expect(late.done).rejects.toMatchObject({ code: 'unavailable', facts: { retry_after: 5 } })
  await vi.advanceTimersByTimeAsync(4_000)
  await refused
  const last = inFairShare('failing', async () => 'done')
  for (const { end } of failing) end()
  expect(await last).toBe('done')
  expect(late.running).toBe(false)
  await expect(inFairShare('failing', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(globalThis.latchkeyShares?.size).toBe(0)
})
