import type { Side } from '../side'

/** What is promised: the large database costs at most `times` the small one, or at most `or`; milliseconds. */
export type Target = {
  times: number
  or: number
  /** A difference that cannot be told from none. */
  off?: number
  /** Whatever the small one costs. */
  most?: number
}

/** One thing that is measured. */
export type Measured = {
  /** The operation, route, page or chore that it belongs to: `GET /contacts`. */
  group: string
  /** How it is asked: `?q=qx`; empty: plainly. */
  asked: string
  target: Target
  /** Each run is prepared anew, for it changes something. */
  changes?: boolean
  /** Served by the whole product only. */
  page?: boolean
  /**
   * Prepares it, untimed.
   * @returns what is timed, which returns the status of the answer; null where there is nothing to ask for
   */
  prepare: (side: Side) => Promise<(() => Promise<number>) | null>
}

export const READ: Target = { times: 2, or: 30 }
export const WRITE: Target = { times: 1.5, or: 0, off: 1 }
