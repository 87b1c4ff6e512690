'use client'

import { useRef, useState } from 'react'
import type { WireKeyShownOnce } from '@/lib/queries/keys'
import { mayBeDone, RequestError } from '@/lib/queries/request-error'

/** Not `randomUUID`, which browsers have on secure origins only. */
const newIdempotencyKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

const isAnotherRequest = (error: unknown) =>
  error instanceof RequestError && error.problem.code === 'idempotency_conflict'

/**
 * Makes one key for a dialog, from its opening to its end, however often its form is sent: all that it sends has one
 * Idempotency-Key. Where the reply was lost, what is sent next finds the key that was made, also if the form was changed.
 */
export function useMakeOnce<Body>(send: (body: Body, once: string) => Promise<WireKeyShownOnce>) {
  const [once] = useState(newIdempotencyKey)
  const unanswered = useRef<Body[]>([])

  const make = async (body: Body): Promise<WireKeyShownOnce> => {
    try {
      return await send(body, once)
    } catch (error) {
      if (mayBeDone(error)) unanswered.current.push(body)
      if (!isAnotherRequest(error)) throw error
      return findMade(error)
    }
  }

  /** Which of the bodies before it was that made the key. */
  const findMade = async (conflict: unknown): Promise<WireKeyShownOnce> => {
    for (const body of unanswered.current) {
      try {
        return await send(body, once)
      } catch (error) {
        if (!isAnotherRequest(error)) throw error
      }
    }
    throw conflict
  }

  return {
    make,
    /** Whether a key may have been made of which nobody has been told. */
    isUnanswered: () => unanswered.current.length > 0,
  }
}
