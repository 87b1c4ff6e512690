'use client'

import { useState } from 'react'
import { revokeKeyInput } from '@/lib/keys/contract'

/** Why keys are revoked, as it is being entered. */
export function useRevocation() {
  const [reason, setReason] = useState('')
  const [leaked, setLeaked] = useState(false)
  return {
    reason,
    setReason,
    leaked,
    setLeaked,
    body: { reason: reason.trim() || null, leaked },
    problem: revokeKeyInput.shape.reason.safeParse(reason).error?.issues[0]?.message,
    isDirty: () => reason !== '' || leaked,
    reversible: leaked
      ? 'A key that leaked can never be reactivated.'
      : 'That can be undone: what is revoked stays in the list.',
  }
}

export type Revocation = ReturnType<typeof useRevocation>
