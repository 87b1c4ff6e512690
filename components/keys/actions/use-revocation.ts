'use client'

import { useState } from 'react'
import { useSubmission } from '@/components/hooks/use-submission'
import { revokeKeyInput } from '@/lib/keys/contract'

/** Why keys are revoked, as it is being entered, and the sending of it. */
export function useRevocation() {
  const [reason, setReason] = useState('')
  const [leaked, setLeaked] = useState(false)
  const submission = useSubmission()
  return {
    reason,
    setReason,
    leaked,
    setLeaked,
    submission,
    body: { reason: reason.trim() || null, leaked },
    problem: revokeKeyInput.shape.reason.safeParse(reason).error?.issues[0]?.message,
    reversible: leaked
      ? 'A key that leaked can never be reactivated.'
      : 'That can be undone: what is revoked stays in the list.',
  }
}

export type Revocation = ReturnType<typeof useRevocation>
