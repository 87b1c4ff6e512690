'use client'

import { useRef, useState } from 'react'
import { usePausedSearch } from '@/components/hooks/use-paused-search'
import { cutKeys } from '@/components/keys/list/pasted-key'
import { useShortcut } from '@/components/shell/use-shortcut'
import { Input } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'

type Props = { value: string; onSearch: (text: string) => void }

/** Search by name or prefix. A whole key that is pasted here is cut to its prefix before anything is sent. */
export function KeySearchBox({ value, onSearch }: Props) {
  const [text, setText] = usePausedSearch(value, onSearch)
  const [wasCut, setWasCut] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  useShortcut('/', () => input.current?.focus())

  return (
    <div className="flex min-w-0 flex-1 basis-56 flex-col gap-2">
      <Input
        ref={input}
        type="search"
        aria-label="Search keys by name or prefix"
        aria-keyshortcuts="/"
        placeholder="Search by name or prefix"
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          const cut = cutKeys(event.target.value)
          setWasCut(cut.wasCut)
          setText(cut.text)
        }}
      />
      {wasCut && (
        <Notice look="warning" role="alert" title="That was a whole API key.">
          <p>
            It was cut to its prefix in your browser and not sent. If it came from a chat or a document, revoke it: it
            has been seen.
          </p>
        </Notice>
      )}
    </div>
  )
}
