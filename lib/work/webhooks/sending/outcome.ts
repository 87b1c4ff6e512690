import { TEST_EVENT } from '@/lib/work/webhooks/contract'
import type { ReceiverAnswer } from '@/lib/work/webhooks/sending/post'
import type { DueDelivery } from '@/lib/work/webhooks/sending/round'
import { nextTry, retryAfter } from '@/lib/work/webhooks/sending/schedule'

/** What an attempt came to, and what becomes of its delivery and its subscription. */
export type AttemptOutcome = {
  delivery_id: string
  /** ISO 8601. */
  at: string
  duration_ms: number
  status_code: number | null
  error: string | null
  reply: string | null
  status: 'pending' | 'delivered' | 'failed'
  /** Milliseconds to the next attempt; null: there is none. */
  again_ms: number | null
  /** What it says of the receiver; null for a test, which says nothing. */
  health: 'good' | 'bad' | 'gone' | null
  /** The receiver is in trouble: everything that is for it waits. Milliseconds that it asked for, if it did. */
  rest: { asked: number | null } | null
}

type Attempted = { delivery: DueDelivery; answer: ReceiverAnswer; began: number; ended: number }

/** It says itself that it is overloaded, or away (Standard Webhooks 1.0.0). */
const SLOW_DOWN = [429, 502, 504]

const GONE = 410

/** Judges an attempt: only 2xx is a success. A test is tried once. */
export function outcomeOfAttempt({ delivery, answer, began, ended }: Attempted): AttemptOutcome {
  const { status_code, error, reply, retry_after } = answer
  const told = {
    delivery_id: delivery.id,
    at: new Date(began).toISOString(),
    duration_ms: Math.round(ended - began),
    status_code,
    error,
    reply,
  }
  const isTest = delivery.type === TEST_EVENT
  if (status_code !== null && status_code >= 200 && status_code < 300) {
    return { ...told, status: 'delivered', again_ms: null, health: isTest ? null : 'good', rest: null }
  }
  const asked = retryAfter(retry_after, ended)
  const again_ms = isTest ? null : nextTry(delivery.tries + 1, asked)
  const inTrouble = status_code === null || SLOW_DOWN.includes(status_code) || asked !== null
  return {
    ...told,
    status: again_ms === null ? 'failed' : 'pending',
    again_ms,
    health: status_code === GONE ? 'gone' : isTest ? null : 'bad',
    rest: inTrouble && !isTest ? { asked } : null,
  }
}
