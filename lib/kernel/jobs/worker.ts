import { setTimeout as sleep } from 'node:timers/promises'
import { log } from '@/lib/base/node/log'
import { SECOND_MS } from '@/lib/base/time'
import { workerPrisma } from '@/lib/kernel/db/client'
import { inBatches } from '@/lib/kernel/db/in-batches'
import { attempt } from '@/lib/kernel/jobs/attempt'
import { enqueue } from '@/lib/kernel/jobs/enqueue'
import type { Handler } from '@/lib/kernel/jobs/handle'
import { extend, LEASE_MS, putBack, removeDone, type Taken, take } from '@/lib/kernel/jobs/statements'

/** How often an idle worker looks. */
const LOOK_EVERY_MS = SECOND_MS / 2

/** Where calls are under way, which share the processor, jobs begin one by one, so far apart. */
const GIVE_WAY_MS = SECOND_MS / 10

/** Three signs of life may be lost before a job is given to another. */
const SIGN_EVERY_MS = LEASE_MS / 4

/** How long a stop waits for what runs; the rest is given back. */
const STOP_WITHIN_MS = 10 * SECOND_MS

type Running = { job: Taken; handler: Handler; aborting: AbortController; ended: Promise<void> }

type Options = {
  /** Whether others need this process now. */
  isBusy?: () => boolean
}

export type Worker = {
  /** Takes nothing more, and resolves when what runs has ended, or was given back. */
  stop: () => Promise<void>
}

/**
 * Carries out jobs, in this process, until it is stopped. Any number of workers on one database share them. Kinds without a
 * handler are left to others: a newer version may have enqueued them.
 * @param handlers one for each kind
 */
export function startWorker(handlers: readonly Handler[], { isBusy = () => false }: Options = {}): Worker {
  const db = workerPrisma()
  const byKind = new Map<string, Handler>(handlers.map((handler) => [handler.kind.name, handler]))
  const running = new Map<string, Running>()
  let stopping = false
  let freed = false
  let endRest = () => {}

  // One statement, and one wait for the disk, for all that end together.
  const done = inBatches(
    async (attempts: string[]) => {
      await removeDone(db, attempts)
      return attempts.map(() => undefined)
    },
    { lanes: 1, size: 500, patience: LEASE_MS },
  )

  /** A place is free, or it is time to stop. */
  function wake() {
    freed = true
    endRest()
  }

  /** Until there was reason to wake since the last look, or time has passed. */
  function rest(ms: number): Promise<void> {
    return new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, freed ? 0 : ms)
      endRest = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /** The free places of each kind that has some. */
  function places(): Map<string, number> {
    const busy = isBusy()
    const free = new Map<string, number>(handlers.map(({ kind }) => [kind.name, busy ? 1 : kind.at_once]))
    for (const { job } of running.values()) free.set(job.kind, (free.get(job.kind) ?? 0) - 1)
    return new Map([...free].filter(([, most]) => most > 0))
  }

  function begin(job: Taken) {
    const handler = byKind.get(job.kind)
    if (!handler) return
    const aborting = new AbortController()
    const ended = attempt(job, { db, handler, signal: aborting.signal, isBusy, done })
      // It comes back by itself when nobody gives a sign of life for it any more.
      .catch((err) => log.error({ err, kind: job.kind }, 'What came of a job could not be noted; it is done again.'))
      .finally(() => {
        running.delete(job.attempt)
        wake()
      })
    running.set(job.attempt, { job, handler, aborting, ended })
  }

  async function takeDue() {
    const free = places()
    if (free.size === 0) return
    for (const job of await take(db, free)) begin(job)
  }

  async function look() {
    await enqueue({ db }, ...handlers.flatMap(({ kind }) => (kind.every ? [kind.job({}, { key: kind.name })] : [])))
    while (!stopping) {
      if (isBusy()) await sleep(GIVE_WAY_MS)
      freed = false
      await takeDue()
      await rest(LOOK_EVERY_MS)
    }
  }

  /** A database that is away is waited for, however long. */
  async function loop() {
    while (!stopping) {
      await look().catch(async (err) => {
        log.error({ err }, 'The worker could not look for jobs; it goes on.')
        await rest(2 * SECOND_MS)
      })
    }
  }

  let heard = performance.now()
  async function giveSign() {
    try {
      const asked = performance.now()
      const attempts = [...running.keys()]
      const ours = attempts.length > 0 ? await extend(db, attempts) : new Set(attempts)
      heard = asked
      for (const one of attempts) if (!ours.has(one)) running.get(one)?.aborting.abort()
    } catch {
      // The database is away. From then on another worker, which reaches it, may have them.
      if (performance.now() - heard < LEASE_MS - SIGN_EVERY_MS) return
      for (const { aborting } of running.values()) aborting.abort()
    }
  }
  const signs = setInterval(() => void giveSign(), SIGN_EVERY_MS).unref()
  const looking = loop()

  async function stop() {
    stopping = true
    wake()
    await looking
    const ended = Promise.all([...running.values()].map((one) => one.ended))
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, STOP_WITHIN_MS)
    })
    await Promise.race([ended, late])
    clearTimeout(timer)
    clearInterval(signs)
    for (const { job, aborting } of running.values()) {
      aborting.abort()
      const back = { after_ms: 0, error: 'The worker was stopped.', attempts: job.attempts }
      await putBack(db, job.attempt, back).catch(() => {})
    }
  }

  return { stop }
}
