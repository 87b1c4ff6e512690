import { useOpened } from '@/components/hooks/use-opened'
import type { KeyAction } from '@/components/keys/actions/reason-against-action'
import { onDemand } from '@/components/ui/on-demand'
import type { WireKey } from '@/lib/queries/keys'

/** @param trigger gets the focus back when the dialog closes, if it is still there */
export type StartAction = (action: KeyAction, item: WireKey, trigger: HTMLElement | null) => void

type Started = { action: KeyAction; item: WireKey; trigger: HTMLElement | null }

export const LazyKeyActionDialogs = onDemand(() =>
  import('@/components/keys/actions/key-action-dialogs').then((module) => module.KeyActionDialogs),
)

/** Which action is being asked about. */
export function useKeyActions() {
  const { start, ...opened } = useOpened<Started>()
  const startAction: StartAction = (action, item, trigger) => start({ action, item, trigger })
  return { ...opened, start: startAction }
}

export type KeyActions = ReturnType<typeof useKeyActions>
