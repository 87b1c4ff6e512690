'use client'

import { Popover as Base } from '@base-ui/react/popover'
import type { ReactNode, RefObject } from 'react'
import { closing } from '@/components/ui/popup-button'

type Props = {
  anchor: RefObject<HTMLButtonElement | null>
  title: string
  open: boolean
  onClose: () => void
  children: ReactNode
}

/** The panel of a button that stands outside of it. */
export const PopoverPopup = ({ anchor, title, open, onClose, children }: Props) => (
  <Base.Root open={open} onOpenChange={closing(anchor, onClose)}>
    <Base.Portal>
      <Base.Positioner anchor={anchor} align="start" sideOffset={4} collisionPadding={8} className="z-40">
        <Base.Popup
          finalFocus={anchor}
          className="flex max-h-[min(36rem,var(--available-height))] w-96 max-w-(--available-width) flex-col rounded-lg bg-raised shadow-popup outline-none"
        >
          <Base.Title className="sr-only">{title}</Base.Title>
          {children}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
)
