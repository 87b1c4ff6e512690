'use client'

import { useState } from 'react'
import type { WireListedKey } from '@/lib/queries/keys'

/** The keys of the page in sight that are ticked. One that leaves the page is no longer ticked: nothing unseen is acted on. */
export function useSelection(items: readonly WireListedKey[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const selected = items.filter(({ id }) => ids.has(id))
  return {
    selected,
    has: (id: string) => ids.has(id),
    tick: (changed: readonly string[], ticked: boolean) => {
      const next = new Set(selected.map(({ id }) => id))
      for (const id of changed) {
        if (ticked) next.add(id)
        else next.delete(id)
      }
      setIds(next)
    },
    clear: () => setIds(new Set()),
  }
}

export type Selection = ReturnType<typeof useSelection>
