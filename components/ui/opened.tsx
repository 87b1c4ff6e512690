'use client'

import { Fragment, type ReactNode } from 'react'
import type { useOpened } from '@/components/hooks/use-opened'
import type { DialogFrame } from '@/components/ui/dialog'

type Props<Subject> = {
  of: ReturnType<typeof useOpened<Subject>>
  /** Where the focus goes when what opened the dialog is gone. */
  fallbackFocus?: () => HTMLElement | null
  children: (subject: Subject, frame: DialogFrame) => ReactNode
}

/** The dialog of `useOpened`: another for each opening, so that nothing of the last one is in it. */
export function Opened<Subject>({ of, fallbackFocus, children }: Props<Subject>) {
  const { subject, trigger, serial, open, setOpen, forget } = of
  if (subject === null) return null
  const returnFocus = () => (trigger?.isConnected ? trigger : (fallbackFocus?.() ?? null))
  return <Fragment key={serial}>{children(subject, { open, setOpen, onClosed: forget, returnFocus })}</Fragment>
}
