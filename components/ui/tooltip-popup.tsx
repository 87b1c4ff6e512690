'use client'

import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { PointerEventHandler, ReactNode, RefObject } from 'react'

type Props = {
  anchor: RefObject<HTMLElement | null>
  open: boolean
  /** Esc was pressed. */
  onClose: () => void
  onPointerEnter: PointerEventHandler
  onPointerLeave: PointerEventHandler
  children: ReactNode
}

/** The text of a tooltip, placed where there is room. */
export const TooltipPopup = ({ anchor, open, onClose, children, ...pointer }: Props) => (
  <Base.Root open={open} onOpenChange={onClose}>
    <Base.Portal>
      <Base.Positioner anchor={anchor} sideOffset={6} className="z-50">
        <Base.Popup
          {...pointer}
          className="max-w-72 rounded-md bg-ink px-2 py-1 text-canvas text-xs shadow-popup transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0"
        >
          {children}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
)
