'use client'

import type { ReactNode } from 'react'
import { LoseKeyDialog } from '@/components/keys/reveal/lose-key-dialog'
import { RevealKey } from '@/components/keys/reveal/reveal-key'
import { UnseenKey } from '@/components/keys/reveal/unseen-key'
import type { NewKeyState } from '@/components/keys/reveal/use-new-key'

type Props = {
  org: string
  newKey: NewKeyState
  /** Why the reader may not replace a key that was made unseen. */
  forbidden?: string | undefined
  /** What the dialog shows while there is no key. */
  children: ReactNode
}

/** What the dialog is called while the key that it made is unseen. */
export const UNSEEN_TITLE = 'A key was made, but not shown'

/** The inside of a dialog that makes a key: its form, then the only sight of the key, or what to do where that was lost. */
export function NewKey({ org, newKey, forbidden, children }: Props) {
  const { created, unseen, stored, setStored, asking, stay, finish } = newKey
  if (created) {
    return (
      <>
        <RevealKey created={created} stored={stored} onStored={setStored} onDone={finish} />
        <LoseKeyDialog open={asking} onStay={stay} onLeave={finish} />
      </>
    )
  }
  return unseen ? (
    <UnseenKey key={unseen.id} org={org} unseen={unseen} newKey={newKey} forbidden={forbidden} />
  ) : (
    children
  )
}
