'use client'

import { type ReactNode, useRef, useState } from 'react'
import { onDemand } from '@/components/ui/on-demand'

const PopoverPopup = onDemand(() => import('@/components/ui/popover-popup').then((module) => module.PopoverPopup))

type Props = {
  /** Of the button, where what it shows is not its name. */
  label: string
  /** Of the panel, which shows it. */
  title: string
  className?: string
  /** What the button shows. */
  button: ReactNode
  /** Of the panel; `close` for what leads away from it. */
  children: (close: () => void) => ReactNode
}

/** A button with a panel of its own. The panel's code comes when the button is first pointed at or focused. */
export function Popover({ label, title, className, button, children }: Props) {
  const anchor = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const [opened, setOpened] = useState(false)
  const close = () => setOpen(false)
  const toggle = () => {
    setOpened(true)
    setOpen(!open)
  }
  return (
    <>
      <button
        ref={anchor}
        type="button"
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={open}
        data-popup-open={open || undefined}
        className={className}
        onPointerEnter={PopoverPopup.preload}
        onFocus={PopoverPopup.preload}
        onClick={toggle}
      >
        {button}
      </button>
      {opened && (
        <PopoverPopup anchor={anchor} title={title} open={open} onClose={close}>
          {children(close)}
        </PopoverPopup>
      )}
    </>
  )
}
