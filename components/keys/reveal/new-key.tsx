'use client'

import type { ReactNode } from 'react'
import { LoseKeyDialog } from '@/components/keys/reveal/lose-key-dialog'
import { RevealKey } from '@/components/keys/reveal/reveal-key'
import { UnseenKey } from '@/components/keys/reveal/unseen-key'
import type { NewKeyState } from '@/components/keys/reveal/use-new-key'

/** What the dialog is called while the key that it made is unseen. */
export const UNSEEN_TITLE = 'A key was made, but not shown'

/**
 * What a dialog that makes a key shows of it: the only sight of the key, or what to do where that was lost.
 * @param forbidden why the reader may not replace a key that was made unseen
 * @returns null while there is no key
 */
export function newKeyResult(org: string, newKey: NewKeyState, forbidden?: string): ReactNode {
  const { created, unseen, stored, setStored, asking, stay, finish } = newKey
  if (created) {
    return (
      <>
        <RevealKey created={created} stored={stored} onStored={setStored} onDone={finish} />
        <LoseKeyDialog open={asking} onStay={stay} onLeave={finish} />
      </>
    )
  }
  return unseen && <UnseenKey key={unseen.id} org={org} unseen={unseen} newKey={newKey} forbidden={forbidden} />
}
