'use client'

import { useEffect } from 'react'
import { tellConfirmed } from '@/components/account/confirmation-channel'
import { NarrowPage } from '@/components/shell/narrow-page'

/** Tells the window that waits for it. Whether the person really was confirmed, the server decides at its next try. */
export function ConfirmedPage({ refusal }: { refusal: string | undefined }) {
  useEffect(() => {
    if (refusal !== undefined) return
    tellConfirmed()
    window.close()
  }, [refusal])
  return (
    <NarrowPage title={refusal === undefined ? 'You have confirmed that it is you' : 'That did not confirm it'}>
      <p className="text-muted">{refusal ?? 'The other window goes on by itself.'} You can close this one.</p>
    </NarrowPage>
  )
}
