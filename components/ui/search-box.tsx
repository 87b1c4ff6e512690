'use client'

import { usePausedSearch } from '@/components/hooks/use-paused-search'
import { Input } from '@/components/ui/input'

type Props = {
  /** What is searched, for screen readers. */
  label: string
  placeholder: string
  value: string
  onSearch: (text: string) => void
}

/** Searches when the typing pauses. */
export function SearchBox({ label, placeholder, value, onSearch }: Props) {
  const [text, setText] = usePausedSearch(value, onSearch)

  return (
    <search className="min-w-0 max-w-md flex-1 basis-56">
      <Input
        type="search"
        aria-label={label}
        placeholder={placeholder}
        maxLength={100}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </search>
  )
}
