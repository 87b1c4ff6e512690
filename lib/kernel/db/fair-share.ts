import { DomainError, unavailable } from '@/lib/base/errors'

/**
 * How many of somebody run at once, how long the next one waits for a place, in milliseconds, and what it is told then.
 * Counted by each process for itself: what a process can take of the database its pool limits, and to ask all processes
 * would cost each call a round trip.
 */
type Bound = { places: number; wait: number; refusal: () => DomainError }

const tooMuchAtOnce = () =>
  new DomainError(
    'rate_limited',
    'Too many searches or bulk calls are under way. Send one after the other, and try this one again in 2 s.',
    { retry_after: 2 },
  )

const keptWaiting = () => unavailable('It waited too long for the other calls of its key.')

/** Of the pool's sixteen connections: whatever one caller does, the others have as many. */
const CALLS: Bound = { places: 8, wait: 4_000, refusal: keptWaiting }

/** A search or a bulk call takes a processor of the database for longer than anything else does. Two at once took both of two. */
const HEAVY: Bound = { places: 1, wait: 4_000, refusal: tooMuchAtOnce }
/** However many keys it has. */
const HEAVY_OF_ORGANIZATION: Bound = { ...HEAVY, places: 4 }
/** However many organisations do that: the pool's other half is for calls that do not. */
const HEAVY_OF_ALL: Bound = { ...HEAVY, places: 8 }

type Share = { running: number; waiting: (() => void)[] }

// Next bundles its own copy of this module: one instance on globalThis serves both module graphs.
declare global {
  var latchkeyShares: Map<string, Share> | undefined
}

function shares(): Map<string, Share> {
  globalThis.latchkeyShares ??= new Map()
  return globalThis.latchkeyShares
}

/**
 * Runs `work`, which uses one connection at a time, as one of at most eight at once of the same caller in this process.
 * @param caller a key's lineage, a person
 * @throws DomainError unavailable when those before it keep it waiting for four seconds
 */
export const inFairShare = <Result>(caller: string, work: () => Promise<Result>): Promise<Result> =>
  inPlace(CALLS, caller, work)

/**
 * Runs a search, or a bulk call, the only one of its caller, as one of at most four of its organisation, and eight in this process.
 * @param caller a key's lineage, a person
 * @throws DomainError rate_limited when those before it keep it waiting for four seconds
 */
export const inHeavyShare = <Result>(
  { caller, organization }: { caller: string; organization: string },
  work: () => Promise<Result>,
): Promise<Result> =>
  inPlace(HEAVY, `heavy of ${caller}`, () =>
    inPlace(HEAVY_OF_ORGANIZATION, `heavy in ${organization}`, () => inPlace(HEAVY_OF_ALL, 'heavy', work)),
  )

async function inPlace<Result>(bound: Bound, name: string, work: () => Promise<Result>): Promise<Result> {
  const share = shares().get(name) ?? { running: 0, waiting: [] }
  shares().set(name, share)
  if (share.running < bound.places) share.running += 1
  else await turn(share, bound)
  try {
    return await work()
  } finally {
    leave(name, share)
  }
}

/** Until another call leaves its place to this one. */
function turn(share: Share, { wait, refusal }: Bound): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      share.waiting.splice(share.waiting.indexOf(mine), 1)
      reject(refusal())
    }, wait)
    const mine = () => {
      clearTimeout(timer)
      resolve()
    }
    share.waiting.push(mine)
  })
}

function leave(name: string, share: Share) {
  const next = share.waiting.shift()
  if (next) return next()
  share.running -= 1
  if (share.running === 0) shares().delete(name)
}
