'use client'

import { useState } from 'react'
import { useCurrent } from '@/components/hooks/use-current'
import { useLeaveGuard } from '@/components/keys/reveal/use-leave-guard'
import type { CloseDetails } from '@/components/ui/dialog'
import type { WireCreatedKey, WireKeyShownOnce } from '@/lib/queries/keys'

const isShown = (made: WireKeyShownOnce): made is WireCreatedKey => made.key !== null

/**
 * The new key of a dialog, from the request that makes it: until the reply has come the dialog stays open, and from then on
 * it asks before the key is lost, by Esc, Back, reload or the cross. The key is in this state and nowhere else; `finish`
 * wipes it. `unseen` is one that was made while its reply was lost.
 */
export function useNewKey(onFinished = () => {}) {
  const [created, setCreated, isCreated] = useCurrent<WireCreatedKey | null>(null)
  const [unseen, setUnseen, isUnseen] = useCurrent<WireKeyShownOnce | null>(null)
  const [stored, setStored, isStored] = useCurrent(false)
  const [, setMaking, isMaking] = useCurrent(false)
  const [asking, setAsking] = useState(false)
  const guard = useLeaveGuard(() => (isStored() ? finish() : setAsking(true)))

  /**
   * @param settle makes the address what it should be behind the dialog: the guard adds a history entry of it
   * @throws whatever `request` throws: there is no key then, or none that is known
   */
  const make = async (request: () => Promise<WireKeyShownOnce>, settle: () => Promise<unknown> = async () => {}) => {
    setMaking(true)
    guard.hold()
    try {
      const made = await request()
      setCreated(isShown(made) ? made : null)
      setUnseen(isShown(made) ? null : made)
      const settled = settle()
      if (isShown(made)) void settled.finally(guard.catchBack)
    } finally {
      if (isCreated() === null) guard.release()
      setMaking(false)
    }
  }

  const finish = () => {
    guard.release()
    setCreated(null)
    setUnseen(null)
    setStored(false)
    setAsking(false)
    onFinished()
  }

  /** For the dialog's `onClose`. @param otherwise while there is no key */
  const close = (details: CloseDetails, otherwise: () => void) => {
    if (isMaking()) return details.cancel()
    if (isCreated() === null) return isUnseen() === null ? otherwise() : finish()
    if (isStored()) return finish()
    details.cancel()
    setAsking(true)
  }

  return { created, unseen, make, stored, setStored, asking, stay: () => setAsking(false), close, finish }
}

export type NewKeyState = ReturnType<typeof useNewKey>
