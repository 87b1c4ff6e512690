'use client'

import { useState } from 'react'
import { useCurrent } from '@/components/hooks/use-current'
import { useLeaveGuard } from '@/components/keys/reveal/use-leave-guard'
import type { CloseDetails } from '@/components/ui/dialog'
import type { WireCreatedKey } from '@/lib/queries/keys'

/**
 * Holds a new key while its dialog is open, and asks before it is lost: by Esc, Back, reload or the cross, from the
 * moment that it has arrived. The key is in this state and nowhere else; `finish` wipes it.
 */
export function useRevealedKey(onFinished = () => {}) {
  const [created, setCreated, isCreated] = useCurrent<WireCreatedKey | null>(null)
  const [stored, setStored, isStored] = useCurrent(false)
  const [asking, setAsking] = useState(false)
  const guard = useLeaveGuard(() => (isStored() ? finish() : setAsking(true)))

  /** @param settled when the address is what it should be behind the dialog: the guard adds a history entry of it */
  const reveal = (key: WireCreatedKey, settled: Promise<unknown> = Promise.resolve()) => {
    setCreated(key)
    guard.hold()
    void settled.finally(guard.catchBack)
  }

  const finish = () => {
    guard.release()
    setCreated(null)
    setStored(false)
    setAsking(false)
    onFinished()
  }

  /** Whether a key is held, at the moment of asking. */
  const isHeld = () => isCreated() !== null

  /** For the dialog's `onClose` while a key is held. */
  const close = (details: CloseDetails) => {
    if (isStored()) return finish()
    details.cancel()
    setAsking(true)
  }

  return { created, isHeld, reveal, stored, setStored, asking, stay: () => setAsking(false), close, finish }
}
