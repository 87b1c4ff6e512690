import { unavailable } from '@/lib/base/errors'

/** Of the pool's sixteen connections: whatever one caller does, the others have as many. */
const SHARE = 8

/** How long a call may wait for those of the same caller before it. */
const WAIT_MS = 4_000

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
export async function inFairShare<Result>(caller: string, work: () => Promise<Result>): Promise<Result> {
  const share = shares().get(caller) ?? { running: 0, waiting: [] }
  shares().set(caller, share)
  if (share.running < SHARE) share.running += 1
  else await turn(share)
  try {
    return await work()
  } finally {
    leave(caller, share)
  }
}

/** Until another call leaves its place to this one. */
function turn(share: Share): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      share.waiting.splice(share.waiting.indexOf(mine), 1)
      reject(unavailable())
    }, WAIT_MS)
    const mine = () => {
      clearTimeout(timer)
      resolve()
    }
    share.waiting.push(mine)
  })
}

function leave(caller: string, share: Share) {
  const next = share.waiting.shift()
  if (next) return next()
  share.running -= 1
  if (share.running === 0) shares().delete(caller)
}
