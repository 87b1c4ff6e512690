'use client'

import { Eye, EyeOff } from 'lucide-react'
import { useId, useRef } from 'react'
import { flushSync } from 'react-dom'
import { useCopy } from '@/components/hooks/use-copy'
import { maskKey } from '@/components/keys/reveal/mask-key'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'

type Props = {
  secret: string
  keyPrefix: string
  shown: boolean
  onShow: (shown: boolean) => void
  /** The reader has it in the clipboard. */
  onStored: () => void
}

/** The key, hidden until asked for. Copying that the browser refuses selects it for copying by hand. */
export function SecretField({ secret, keyPrefix, shown, onShow, onStored }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const { state, copy } = useCopy()

  const copySecret = async () => {
    if (await copy(secret)) return onStored()
    // Only visible text can be copied by hand.
    flushSync(() => onShow(true))
    input.current?.focus()
    input.current?.select()
  }

  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium">
        API key
      </label>
      <div className="flex flex-wrap gap-1.5">
        <Input
          ref={input}
          id={id}
          readOnly
          spellCheck={false}
          autoComplete="off"
          value={shown ? secret : maskKey(secret, keyPrefix)}
          onCopy={() => {
            if (shown && window.getSelection()?.toString() === secret) onStored()
          }}
          className="flex-1 font-mono text-sm max-sm:basis-full"
        />
        <Button aria-pressed={shown} onClick={() => onShow(!shown)}>
          {shown ? <EyeOff size={15} /> : <Eye size={15} />}
          {shown ? 'Hide' : 'Reveal'}
        </Button>
        <Button look="primary" onClick={() => void copySecret()}>
          {state === 'copied' ? 'Copied' : 'Copy'}
        </Button>
      </div>
      <p role="status" className="text-muted text-sm empty:hidden">
        {state === 'failed' && 'The browser refused to copy. The key is selected: press Ctrl+C (⌘C on a Mac).'}
        {state === 'copied' && <span className="sr-only">Copied</span>}
      </p>
    </div>
  )
}
