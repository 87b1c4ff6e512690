'use client'

import { useCopy } from '@/components/hooks/use-copy'
import { useHydrated } from '@/components/hooks/use-hydrated'
import { buttonStyle } from '@/components/ui/button-style'

type Props = {
  text: string
  label: string
  /** The reader has it in the clipboard. */
  onCopied?: () => void
}

/** Copies an example. Without a script it is not there. */
export function CopyButton({ text, label, onCopied }: Props) {
  const { state, copy } = useCopy()
  const ready = useHydrated()
  return (
    <span className="noscript:hidden flex shrink-0 items-center gap-2">
      <span role="status" className="text-muted text-xs empty:hidden">
        {state === 'failed' && 'Select and copy by hand.'}
      </span>
      <button
        type="button"
        aria-label={label}
        disabled={!ready}
        onClick={async () => {
          if (await copy(text)) onCopied?.()
        }}
        // As wide with either word, and before the page has come so far: nothing beside it moves.
        className={buttonStyle({ size: 'small', className: 'min-w-16 disabled:opacity-100' })}
      >
        {state === 'copied' ? 'Copied' : 'Copy'}
      </button>
    </span>
  )
}
