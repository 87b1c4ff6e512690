'use client'

import { type ReactNode, useRef } from 'react'
import { flushSync } from 'react-dom'
import { useCopy } from '@/components/hooks/use-copy'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'

type Props = {
  label: string
  hint?: ReactNode
  value: string
  /** What is in sight in its place, such as a mask. */
  masked?: string | undefined
  /** Only visible text can be copied by hand. */
  onUnmask?: () => void
  /** The reader has it in the clipboard. */
  onCopied?: () => void
  /** Stands before the button that copies. */
  children?: ReactNode
}

/** A text to copy. What the browser refuses to copy is selected for copying by hand. */
export function CopyField({ label, hint, value, masked, onUnmask, onCopied, children }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const { state, copy } = useCopy()
  const copyValue = async () => {
    if (await copy(value)) return onCopied?.()
    flushSync(() => onUnmask?.())
    input.current?.focus()
    input.current?.select()
  }
  return (
    <div className="flex flex-col gap-1.5">
      <Field label={label} hint={hint}>
        {(control) => (
          <div className="flex flex-wrap gap-1.5">
            <Input
              {...control}
              ref={input}
              readOnly
              spellCheck={false}
              autoComplete="off"
              value={masked ?? value}
              onCopy={() => {
                if (window.getSelection()?.toString() === value) onCopied?.()
              }}
              className="flex-1 font-mono text-sm max-sm:basis-full"
            />
            {children}
            <Button look="primary" onClick={() => void copyValue()}>
              {state === 'copied' ? 'Copied' : 'Copy'}
            </Button>
          </div>
        )}
      </Field>
      <p role="status" className="text-muted text-sm empty:hidden">
        {state === 'failed' && 'The browser refused to copy. It is selected: press Ctrl+C (⌘C on a Mac).'}
        {state === 'copied' && <span className="sr-only">Copied</span>}
      </p>
    </div>
  )
}
