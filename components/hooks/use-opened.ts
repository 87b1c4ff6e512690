'use client'

import { useCallback, useState } from 'react'

/**
 * What a dialog is about, and whether it is open; `Opened` shows it. It keeps its subject while it fades out, and forgets
 * it when it has faded. `serial` is another for each opening.
 */
export function useOpened<Subject>() {
  const [about, setAbout] = useState<{ subject: Subject | null; trigger: HTMLElement | null; serial: number }>({
    subject: null,
    trigger: null,
    serial: 0,
  })
  const [open, setOpen] = useState(false)
  /** @param trigger gets the focus back when the dialog closes, if it is still there */
  const start = (subject: Subject, trigger: HTMLElement | null) => {
    setAbout(({ serial }) => ({ subject, trigger, serial: serial + 1 }))
    setOpen(true)
  }
  const forget = useCallback(() => setAbout((last) => ({ ...last, subject: null, trigger: null })), [])
  return { ...about, open, setOpen, start, forget }
}
