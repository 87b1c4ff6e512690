import type { ReactNode } from 'react'

/** What a menu holds, as data: the code that draws it is fetched when a menu is first opened. */
export type MenuEntry =
  | {
      kind: 'action'
      label: string
      look?: 'plain' | 'danger'
      /** Why it cannot be chosen: it stays reachable, and says this below its name. */
      reason?: string
      /** @param trigger the menu's button, for a dialog that gives the focus back to it */
      onChoose: (trigger: HTMLElement | null) => void
    }
  | { kind: 'link'; label: ReactNode; href: string }
  | { kind: 'tick'; label: string; ticked: boolean; onChange: (ticked: boolean) => void }
  /** One out of a few. */
  | { kind: 'choice'; label: string; options: readonly { label: string; chosen: boolean; onChoose: () => void }[] }
  | { kind: 'text'; text: string }
  | { kind: 'line' }
