'use client'

import { useEffect, useEffectEvent, useState } from 'react'
import { onConfirmed } from '@/components/account/confirmation-channel'
import { useSubmission } from '@/components/hooks/use-submission'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { beginSingleSignOn } from '@/lib/queries/sign-in'

/** For who has no password: the provider asks again, in a window of its own, so that what was entered here stays. */
export function SingleSignOnProof({ onConfirmed: goOn }: { onConfirmed: () => void }) {
  const [stopped, setStopped] = useState(false)
  const { submit, pending, error } = useSubmission()
  const confirmed = useEffectEvent(goOn)
  useEffect(() => onConfirmed(() => confirmed()), [])

  const confirm = () => {
    // Opened while the press is being handled; later, browsers would stop it.
    const opened = window.open('', '_blank')
    setStopped(opened === null)
    if (!opened) return
    void submit(async () => {
      const address = await beginSingleSignOn('/account/confirmed', { fresh: true }).catch((thrown: unknown) => {
        opened.close()
        throw thrown
      })
      opened.location.replace(address ?? '/account/confirmed?error=OAuthSignin')
    })
  }

  return (
    <Notice title="Confirm that it is you">
      <p>You last did more than 15 minutes ago. Nothing has been changed yet.</p>
      {stopped && <p role="alert">Your browser stopped the new window. Allow it for this page, and press again.</p>}
      {error !== null && <Failure error={error} />}
      <Button size="small" disabled={pending} onClick={confirm}>
        Confirm by single sign-on
      </Button>
    </Notice>
  )
}
