'use client'

import { type ReactNode, useRef } from 'react'
import { useCopy } from '@/components/hooks/use-copy'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'

type Props = { label: string; hint?: ReactNode; value: string }

/** A text to copy. What the browser refuses to copy is selected for copying by hand. */
export function CopyField({ label, hint, value }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const { state, copy } = useCopy()
  const copyValue = async () => {
    if (await copy(value)) return
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
              value={value}
              className="flex-1 font-mono text-sm max-sm:basis-full"
            />
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
