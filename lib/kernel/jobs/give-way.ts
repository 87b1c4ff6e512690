import { setTimeout as sleep } from 'node:timers/promises'
import { SECOND_MS } from '@/lib/base/time'

/** Of the time, what is left to calls: nine parts of ten. */
const SHARE = 9
const LONGEST_MS = 5 * SECOND_MS

/** For one piece of long work after the other: while others need the process, each waits nine times as long as the last took. */
export function givingWay(isBusy: () => boolean): () => Promise<void> {
  let since = performance.now()
  return async () => {
    const worked = performance.now() - since
    if (isBusy()) await sleep(Math.min(worked * SHARE, LONGEST_MS))
    since = performance.now()
  }
}
