'use client'

import { useState } from 'react'

/**
 * What a dialog is about, and whether it is open. It keeps its subject while it fades out. `serial` is another for each
 * opening: as a React key it makes a fresh dialog, without what was typed in the last.
 */
export function useOpened<Subject>() {
  const [{ subject, serial }, set] = useState<{ subject: Subject | null; serial: number }>({ subject: null, serial: 0 })
  const [open, setOpen] = useState(false)
  const start = (next: Subject) => {
    set({ subject: next, serial: serial + 1 })
    setOpen(true)
  }
  return { subject, serial, open, start, close: () => setOpen(false) }
}
