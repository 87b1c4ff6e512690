import { SECOND_MS } from '@/lib/base/time'
import type { PrismaClient } from '@/lib/kernel/db/generated/client'
import { inBatches } from '@/lib/kernel/db/in-batches'
import { handle } from '@/lib/kernel/jobs/handle'
import { deliverRound } from '@/lib/work/webhooks/deliveries/job'
import { noteOutcomes } from '@/lib/work/webhooks/sending/note'
import { type AttemptOutcome, outcomeOfAttempt } from '@/lib/work/webhooks/sending/outcome'
import { post } from '@/lib/work/webhooks/sending/post'
import { type DueDelivery, type Round, takeRound } from '@/lib/work/webhooks/sending/round'
import { signedHeaders } from '@/lib/work/webhooks/sending/sign'

/** Requests to one receiver at the same time. */
const LANES = 10

/** After this a subscription leaves its place to others; the relay asks for its next round. */
const ROUNDS_MS = 20 * SECOND_MS

/** How long an outcome waits to be noted with others. Longer than any statement takes. */
const PATIENCE_MS = 60 * SECOND_MS

/** Sends what is due to one subscription, until nothing is, its receiver is in trouble, or others have their turn. */
export const deliverHandler = handle(deliverRound, async ({ db, signal, giveWay }, { webhook_id }) => {
  const until = performance.now() + ROUNDS_MS
  let goOn = true
  while (goOn && !signal.aborted && performance.now() < until) {
    const round = await takeRound(db, webhook_id)
    goOn = round !== null && (await sendRound({ db, signal }, round))
    if (goOn) await giveWay()
  }
})

type Sending = {
  db: PrismaClient
  /** Begins nothing more once it is aborted. */
  signal: AbortSignal
}

/** @returns whether the receiver took them well */
async function sendRound({ db, signal }: Sending, round: Round): Promise<boolean> {
  const { webhook_id, failures } = round
  // What has arrived is noted while others are under way, so that little is sent again after a crash.
  const noteOne = inBatches(
    async (outcomes: AttemptOutcome[]) => {
      await noteOutcomes(db, { webhook_id, failures, outcomes })
      return outcomes.map(() => undefined)
    },
    { lanes: 1, size: 100, patience: PATIENCE_MS },
  )
  const noting: Promise<void>[] = []
  const waiting = [...round.due]
  let well = true
  async function lane() {
    for (let next = waiting.shift(); next && well && !signal.aborted; next = waiting.shift()) {
      const outcome = await attemptOne(round, next, signal)
      // Cut off by us: that says nothing of the receiver, and the attempt is made again.
      if (signal.aborted && outcome.status_code === null) return
      if (outcome.rest || outcome.health === 'gone') well = false
      const noted = noteOne(outcome)
      // It is heard below: the next request does not wait for it.
      noted.catch(() => {})
      noting.push(noted)
    }
  }
  // Whether a receiver that failed is back is found out by one request.
  await Promise.all(Array.from({ length: failures > 0 ? 1 : LANES }, lane))
  await Promise.all(noting)
  return well
}

async function attemptOne(
  { url, secrets, now }: Round,
  delivery: DueDelivery,
  signal: AbortSignal,
): Promise<AttemptOutcome> {
  const { event_id: id, body } = delivery
  const began = now()
  const headers = signedHeaders(secrets, { id, timestamp: Math.floor(began / SECOND_MS), body })
  const answer = await post({ url, headers, body }, { signal })
  return outcomeOfAttempt({ delivery, answer, began, ended: now() })
}
