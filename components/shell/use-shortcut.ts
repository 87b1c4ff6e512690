'use client'

import { useEffect } from 'react'
import { useShortcutsOn } from '@/components/shell/preferences'

// A toast has the role of a dialog too, and is none.
const DIALOG = '[role="dialog"]:not([data-toast])'
const TYPING = `input, textarea, select, [contenteditable], [role="menu"], [role="listbox"], ${DIALOG}`

/** Runs `action` on a single key, unless the reader is typing, is in a dialog or menu, or has switched shortcuts off. */
export function useShortcut(key: string, action: () => void) {
  const on = useShortcutsOn()
  useEffect(() => {
    if (!on) return
    const listen = (event: KeyboardEvent) => {
      const modified = event.ctrlKey || event.metaKey || event.altKey
      const typing = event.target instanceof Element && event.target.closest(TYPING)
      if (event.key !== key || modified || typing || document.querySelector(DIALOG)) return
      event.preventDefault()
      action()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [key, action, on])
}
