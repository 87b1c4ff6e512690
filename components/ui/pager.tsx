'use client'

import { Button } from '@/components/ui/button'

type Props = {
  /** Where the way back is not known. */
  onFirst: (() => void) | undefined
  onPrevious: (() => void) | undefined
  onNext: (() => void) | undefined
}

/** The way to the rest of a list; nothing where all of it is in sight. */
export function Pager({ onFirst, onPrevious, onNext }: Props) {
  if (!onFirst && !onPrevious && !onNext) return null
  return (
    <nav aria-label="Pages of the list" className="flex items-center justify-end gap-2">
      {onFirst && <Button onClick={onFirst}>First page</Button>}
      <Button disabled={!onPrevious} onClick={onPrevious}>
        Previous
      </Button>
      <Button disabled={!onNext} onClick={onNext}>
        Next
      </Button>
    </nav>
  )
}
