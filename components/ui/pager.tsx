'use client'

import { Button } from '@/components/ui/button'

type Props = { onPrevious?: () => void; onNext?: () => void }

/** The way to the rest of a list; nothing where all of it is in sight. */
export function Pager({ onPrevious, onNext }: Props) {
  if (!onPrevious && !onNext) return null
  return (
    <nav aria-label="Pages of the list" className="flex justify-end gap-2">
      <Button disabled={!onPrevious} onClick={onPrevious}>
        Previous
      </Button>
      <Button disabled={!onNext} onClick={onNext}>
        Next
      </Button>
    </nav>
  )
}
