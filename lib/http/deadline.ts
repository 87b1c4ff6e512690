import { unavailable } from '@/lib/base/errors'
import { InFlight } from '@/lib/base/in-flight'

/** From a call's arrival to its reply; promised are ten seconds. The time in which the caller still sends is not counted. */
const REPLY_MS = 9_000

/** How exactly it is kept: one timer looks after all calls. */
const LOOK_EVERY_MS = 250

export class Deadline {
  #left = REPLY_MS
  #sending = 0
  #refuse: (error: Error) => void = () => {}

  /** The result of `work`, or a refusal when the time is over. Less dear than a race, and each call pays for it. */
  bound<Result>(work: Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#refuse = reject
      work.then(resolve, reject)
    })
  }

  /** Stops the clock while `body`, which the caller still sends, is read. */
  async whileSending<Body>(body: Promise<Body>): Promise<Body> {
    this.#sending += 1
    try {
      return await body
    } finally {
      this.#sending -= 1
    }
  }

  tick(elapsed: number) {
    if (this.#sending > 0) return
    this.#left -= elapsed
    if (this.#left <= 0) this.#refuse(unavailable('It took longer than a reply may.'))
  }
}

/**
 * Calls whose time is counted together.
 * @returns `inTime` of these
 */
export function deadlines() {
  const pending = new InFlight<Deadline>()
  let timer: NodeJS.Timeout | null = null
  let looked = 0

  function look() {
    const now = performance.now()
    for (const deadline of pending) deadline.tick(now - looked)
    looked = now
    if (pending.size > 0 || !timer) return
    clearInterval(timer)
    timer = null
  }

  function watch(deadline: Deadline): number {
    const place = pending.add(deadline)
    if (!timer) {
      looked = performance.now()
      timer = setInterval(look, LOOK_EVERY_MS).unref()
    }
    return place
  }

  return async <Result>(work: (deadline: Deadline) => Promise<Result>): Promise<Result> => {
    const deadline = new Deadline()
    const place = watch(deadline)
    try {
      return await deadline.bound(work(deadline))
    } finally {
      pending.remove(place)
    }
  }
}

/**
 * The result of `work`, or a refusal in time: whatever it waits for, the caller is told within ten seconds. What goes on
 * after a refusal has an end of its own.
 * @throws DomainError unavailable when the time is over
 */
export const inTime = deadlines()
