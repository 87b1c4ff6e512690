'use client'

import { type ReactNode, useRef, useState } from 'react'
import { onDemand } from '@/components/ui/on-demand'
import { PopupButton } from '@/components/ui/popup-button'

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

/** A button with a panel of its own. */
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
      <PopupButton
        ref={anchor}
        label={label}
        opens="dialog"
        open={open}
        preload={PopoverPopup.preload}
        className={className}
        onClick={toggle}
      >
        {button}
      </PopupButton>
      {opened && (
        <PopoverPopup anchor={anchor} title={title} open={open} onClose={close}>
          {children(close)}
        </PopoverPopup>
      )}
    </>
  )
}
