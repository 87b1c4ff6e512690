import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { deadlines } from '@/lib/http/deadline'

// Apart from those of the APIs, which other files may have left a real timer.
const inTime = deadlines()

beforeEach(() => void vi.useFakeTimers())
afterEach(async () => {
  // The one timer for all ends by itself, when it finds nobody waiting.
  await vi.advanceTimersByTimeAsync(500)
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

const never = () => new Promise<string>(() => {})

test('what ends in time is handed on, and a failure too', async () => {
  expect(await inTime(async () => 'done')).toBe('done')
  await expect(inTime(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
})

test('whoever waits is told within ten seconds of their own arrival, however many came before', async () => {
  const told: number[] = []
  const began = performance.now()
  for (let caller = 0; caller < 5; caller++) {
    const arrived = performance.now()
    void inTime(never).catch((error) => {
      expect(error).toMatchObject({ code: 'unavailable', facts: { retry_after: 5 } })
      told.push(performance.now() - arrived)
    })
    await vi.advanceTimersByTimeAsync(1_100)
  }
  await vi.advanceTimersByTimeAsync(10_000)
  expect(told).toHaveLength(5)
  for (const waited of told) {
    expect(waited).toBeGreaterThan(8_500)
    expect(waited).toBeLessThan(9_500)
  }
  expect(performance.now() - began).toBeGreaterThan(15_000)
})

test('the time in which the caller still sends is not counted', async () => {
  let sent = (_: string) => {}
  let over = false
  const slow = inTime(async (deadline) => {
    await deadline.whileSending(
      new Promise<string>((resolve) => {
        sent = resolve
      }),
    )
    return never()
  }).finally(() => {
    over = true
  })
  const refused = expect(slow).rejects.toMatchObject({ code: 'unavailable' })
  await vi.advanceTimersByTimeAsync(25_000)
  expect(over).toBe(false)
  sent('all of it')
  await vi.advanceTimersByTimeAsync(8_000)
  expect(over).toBe(false)
  await vi.advanceTimersByTimeAsync(2_000)
  await refused
})
