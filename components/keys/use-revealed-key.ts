'use client'

import { useState } from 'react'
import { useLeaveGuard } from '@/components/keys/use-leave-guard'
import type { CloseDetails } from '@/components/ui/dialog'
import type { WireCreatedKey } from '@/lib/queries/keys'

/**
 * Holds a new key while its dialog is open, and asks before it is lost: by Esc, Back, reload or the cross.
 * The key is in this state and nowhere else; `finish` wipes it.
 */
export function useRevealedKey(onFinished: () => void) {
  const [created, setCreated] = useState<WireCreatedKey | null>(null)
  const [stored, setStored] = useState(false)
  const [asking, setAsking] = useState(false)
  const [guarded, setGuarded] = useState(false)
  useLeaveGuard(created !== null && guarded, () => (stored ? finish() : setAsking(true)))

  /** @param settled when the address is what it should be behind the dialog: the guard adds a history entry of it */
  const reveal = (key: WireCreatedKey, settled: Promise<unknown> = Promise.resolve()) => {
    setCreated(key)
    void settled.finally(() => setGuarded(true))
  }

  const finish = () => {
    setGuarded(false)
    setCreated(null)
    setStored(false)
    setAsking(false)
    onFinished()
  }

  /** For the dialog's `onClose` while a key is held. */
  const close = (details: CloseDetails) => {
    if (stored) return finish()
    details.cancel()
    setAsking(true)
  }

  return { created, reveal, stored, setStored, asking, stay: () => setAsking(false), close, finish }
}
