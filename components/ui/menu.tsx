'use client'

import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import type { MenuEntry } from '@/components/ui/menu-entry'
import { onDemand } from '@/components/ui/on-demand'
import { PopupButton } from '@/components/ui/popup-button'

const MenuPopup = onDemand(() => import('@/components/ui/menu-popup').then((module) => module.MenuPopup))

/** Where the focus goes in a menu that opens: by keyboard to an entry, by pointer to the menu. */
export type MenuFocus = 'first' | 'last' | 'menu'

const FOCUS_BY_KEY: Partial<Record<string, MenuFocus>> = { ArrowDown: 'first', ArrowUp: 'last' }

type Props = {
  /** Of the button, where what it shows is not its name. */
  label: string
  entries: readonly MenuEntry[]
  align?: 'start' | 'end'
  /** What an entry will need can be fetched while the menu is read. */
  onOpen?: () => void
  className?: string
  /** What the button shows. */
  children: ReactNode
}

/** A button with a menu. */
export function Menu({ label, entries, align = 'end', onOpen, className, children }: Props) {
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const [focus, setFocus] = useState<MenuFocus>()
  const show = (next: MenuFocus) => {
    setFocus(next)
    setOpen(true)
    onOpen?.()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const next = FOCUS_BY_KEY[event.key]
    if (next === undefined || open) return
    event.preventDefault()
    show(next)
  }
  return (
    <>
      <PopupButton
        ref={button}
        label={label}
        opens="menu"
        open={open}
        preload={MenuPopup.preload}
        className={className}
        onKeyDown={onKeyDown}
        // A press of Enter or Space is a click without a pointer.
        onClick={(event) => (open ? setOpen(false) : show(event.detail === 0 ? 'first' : 'menu'))}
      >
        {children}
      </PopupButton>
      {focus && (
        <MenuPopup
          button={button}
          label={label}
          entries={entries}
          align={align}
          open={open}
          focus={focus}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
