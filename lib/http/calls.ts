import { env } from '@/lib/base/node/env'
import { accessLog } from '@/lib/base/node/log'
import { histogram } from '@/lib/base/node/metrics'
import { SECOND_MS } from '@/lib/base/time'
import type { Peer } from '@/lib/http/peer'
import { usageOutcomeOf } from '@/lib/keys/usage/record'

/** What is known of a call by the time it is answered; the application that answers it notes what it finds. */
export type CallNote = {
  began: number
  method: string
  /** Which of our applications answers. */
  app: 'api' | 'dashboard' | 'leaks' | 'notices' | 'unsubscribing' | 'forms' | 'pages'
  /** Method and path of the operation, without what a caller wrote; null until one has been found. */
  operation: string | null
  request_id: string | null
  organization_id: string | null
  key_prefix: string | null
}

export const beginCall = (app: CallNote['app'], method = ''): CallNote => ({
  began: performance.now(),
  method,
  app,
  operation: null,
  request_id: null,
  organization_id: null,
  key_prefix: null,
})

const durations = histogram({
  name: 'latchkey_request_duration_seconds',
  help: 'From the arrival of a request to its reply, by what was asked for and what became of it.',
  labels: ['app', 'operation', 'outcome'],
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
})

/** Counts a call that was answered with `status`, and writes its line where the operator wants one. */
export function endCall(call: CallNote, peer: Peer, status: number): void {
  const { began, app, operation } = call
  const took = performance.now() - began
  durations.observe({ app, operation: operation ?? 'none', outcome: usageOutcomeOf(status) }, took / SECOND_MS)
  if (env.ACCESS_LOG) writeLine(call, peer, status, took)
}

function writeLine({ began: _, ...call }: CallNote, { address }: Peer, status: number, took: number) {
  accessLog.info({ ...call, status, ms: Math.round(took * 10) / 10, address }, 'A request was answered.')
}
