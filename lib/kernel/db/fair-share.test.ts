import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { inFairShare, inHeavyShare } from '@/lib/kernel/db/fair-share'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

type Share = (work: () => Promise<void>) => Promise<void>

/** Work that ends when it is told to. */
function held(caller: string, inShare: Share = (work) => inFairShare(caller, work)) {
  const work = { running: false, end: () => {}, done: Promise.resolve() }
  work.done = inShare(() => {
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

const search = (caller: string, organization: string) =>
  held(caller, (work) => inHeavyShare({ caller, organization }, work))

test('of searches, one of a caller runs at a time, four of an organisation, and eight in all; calls go on beside them', async () => {
  const searches = ['a', 'b', 'c'].flatMap((organization) =>
    ['v', 'w', 'x', 'y', 'z'].flatMap((caller) =>
      Array.from({ length: 2 }, () => search(`${organization}${caller}`, organization)),
    ),
  )
  const calls = Array.from({ length: 8 }, () => held('ax'))
  await nextTurn()
  const runningOf = (first: number) => searches.slice(first, first + 10).filter(({ running }) => running).length
  expect([runningOf(0), runningOf(10), runningOf(20)]).toEqual([4, 4, 0])
  expect(searches.slice(0, 4).map(({ running }) => running)).toEqual([true, false, true, false])
  expect(calls.every(({ running }) => running)).toBe(true)
  for (let turn = 0; turn < searches.length; turn++) {
    for (const work of [...searches, ...calls]) work.end()
    await nextTurn()
  }
  await Promise.all([...searches, ...calls].map(({ done }) => done))
  expect(globalThis.latchkeyShares?.size).toBe(0)
})

test('a search that waits longer than four seconds is told to come later, and never run', async () => {
  const running = search('me', 'mine')
  const late = search('me', 'mine')
  const refused = expect(late.done).rejects.toMatchObject({ code: 'rate_limited', facts: { retry_after: 2 } })
  await vi.advanceTimersByTimeAsync(4_000)
  await refused
  running.end()
  await running.done
  expect(late.running).toBe(false)
  expect(globalThis.latchkeyShares?.size).toBe(0)
})
