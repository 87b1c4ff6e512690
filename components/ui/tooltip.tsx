'use client'

import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'

type Props = {
  text: ReactNode
  children: ReactElement
  /** Id of the element that says the same to screen readers. */
  describedBy?: string
}

/** Text beside an element while it is hovered or focused. It repeats or adds; nothing is said in it alone. */
export function Tooltip({ text, children, describedBy }: Props) {
  return (
    <Base.Root>
      <Base.Trigger render={children} aria-describedby={describedBy} closeOnClick={false} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} className="z-50">
          <Base.Popup className="max-w-72 rounded-md bg-ink px-2 py-1 text-canvas text-xs shadow-popup transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            {text}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
