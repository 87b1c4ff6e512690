'use client'

import { useRender } from '@base-ui/react/use-render'
import { type PointerEvent, type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react'
import { useEver } from '@/components/hooks/use-ever'
import { onDemand } from '@/components/ui/on-demand'

const TooltipPopup = onDemand(() => import('@/components/ui/tooltip-popup').then((module) => module.TooltipPopup))

const OPEN_AFTER_MS = 300
/** Long enough to reach the text with the pointer: it must stay while it is pointed at (WCAG 2.2, 1.4.13). */
const CLOSE_AFTER_MS = 150

type Props = {
  text: ReactNode
  children: ReactElement
  /** Id of the element that says the same to screen readers. */
  describedBy?: string
}

/**
 * Text beside an element while it is hovered or focused. It repeats or adds; nothing is said in it alone. Its code comes
 * with the first one that opens.
 */
export function Tooltip({ text, children, describedBy }: Props) {
  const anchor = useRef<HTMLElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [open, setOpen] = useState(false)
  const needed = useEver(open)
  useEffect(() => () => clearTimeout(timer.current), [])

  const turn = (next: boolean, afterMs = 0) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setOpen(next), afterMs)
  }
  const onPointerEnter = ({ pointerType }: PointerEvent) => {
    if (pointerType !== 'touch') turn(true, open ? 0 : OPEN_AFTER_MS)
  }
  const onPointerLeave = () => turn(false, CLOSE_AFTER_MS)
  const trigger = useRender({
    render: children,
    ref: anchor,
    props: {
      'aria-describedby': describedBy,
      onPointerEnter,
      onPointerLeave,
      onFocus: () => {
        if (anchor.current?.matches(':focus-visible')) turn(true)
      },
      onBlur: () => turn(false),
    },
  })
  return (
    <>
      {trigger}
      {needed && (
        <TooltipPopup
          anchor={anchor}
          open={open}
          onClose={() => turn(false)}
          onPointerEnter={onPointerEnter}
          onPointerLeave={onPointerLeave}
        >
          {text}
        </TooltipPopup>
      )}
    </>
  )
}
