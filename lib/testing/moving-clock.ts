import { vi } from 'vitest'

const now = performance.now.bind(performance)

/**
 * Lets `performance.now` run on, and be moved ahead. A clock that began anew would do more: what counts time in this process,
 * such as the deadlines of calls, would take the step between the two for time gone by.
 * @returns what moves it ahead by milliseconds; `vi.restoreAllMocks` sets it right again
 */
export function movingClock(): (ms: number) => void {
  let ahead = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now() + ahead)
  return (ms) => {
    ahead += ms
  }
}
