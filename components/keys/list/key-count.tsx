'use client'

import { boundedCountOf } from '@/components/keys/describe-calls'
import type { Selection } from '@/components/keys/list/use-selection'
import { Button } from '@/components/ui/button'
import type { WireKeyTotal } from '@/lib/queries/keys'

type Props = {
  shown: number
  total: WireKeyTotal
  selection: Selection
  onRevoke: (trigger: HTMLElement) => void
}

/** How much of the list is in sight; or, once rows are ticked, what can be done with them. */
export function KeyCount({ shown, total, selection, onRevoke }: Props) {
  const { selected, clear } = selection
  const all = boundedCountOf(total, 'key')
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-2">
      <p role="status" className="text-muted text-sm">
        {selected.length > 0 ? `${selected.length} selected` : shown === total.count ? all : `${shown} of ${all}`}
      </p>
      {selected.length > 0 && (
        <>
          <Button size="small" onClick={(event) => onRevoke(event.currentTarget)}>
            Revoke…
          </Button>
          <Button size="small" look="quiet" onClick={clear}>
            Clear
          </Button>
        </>
      )}
    </div>
  )
}
