'use client'

import { useOpened } from '@/components/hooks/use-opened'
import type { KeyAction } from '@/components/keys/actions/reason-against-action'
import { onDemand } from '@/components/ui/on-demand'
import { Opened } from '@/components/ui/opened'
import type { WireKey } from '@/lib/queries/keys'

/** What is done with which key. */
export type ActedKey = { action: KeyAction; item: WireKey }

/** @param trigger gets the focus back when the dialog closes, if it is still there */
export type StartAction = (action: KeyAction, item: WireKey, trigger: HTMLElement | null) => void

const KeyActionDialog = onDemand(() =>
  import('@/components/keys/actions/key-action-dialog').then((module) => module.KeyActionDialog),
)

export const preloadKeyActions = KeyActionDialog.preload

type Options = {
  org: string
  /** Where the focus goes when what opened the dialog is gone. */
  fallbackFocus: () => HTMLElement | null
  onDeleted?: () => void
}

/** @returns what asks about an action, and the dialog that does */
export function useKeyActions({ org, fallbackFocus, onDeleted }: Options) {
  const opened = useOpened<ActedKey>()
  const start: StartAction = (action, item, trigger) => opened.start({ action, item }, trigger)
  const dialog = (
    <Opened of={opened} fallbackFocus={fallbackFocus}>
      {(subject, frame) => <KeyActionDialog {...subject} {...{ org, frame, onDeleted }} />}
    </Opened>
  )
  return { start, dialog }
}
