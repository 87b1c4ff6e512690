'use client'

import { Button } from '@/components/ui/button'

type Props = { onFirst?: () => void; onPrevious?: () => void; onNext?: () => void }

/** The way to the rest of the list; nothing where there is no rest. */
export function KeyPager({ onFirst, onPrevious, onNext }: Props) {
  if (!onFirst && !onNext) return null
  return (
    <nav aria-label="Pages of the list" className="flex items-center justify-end gap-2">
      {onFirst && !onPrevious && <Button onClick={onFirst}>First page</Button>}
      <Button disabled={!onPrevious} onClick={onPrevious}>
        Previous
      </Button>
      <Button disabled={!onNext} onClick={onNext}>
        Next
      </Button>
    </nav>
  )
}
