'use client'

import { type ReactElement, useId } from 'react'
import { Tooltip } from '@/components/ui/tooltip'

/** Wraps a disabled control: says why on hover and focus, and to screen readers always. */
export function Reason({ text, children }: { text: string; children: ReactElement }) {
  const id = useId()
  return (
    <>
      <Tooltip text={text} describedBy={id}>
        {children}
      </Tooltip>
      <span id={id} className="sr-only">
        {text}
      </span>
    </>
  )
}
