'use client'

import { useRef, useState } from 'react'

/**
 * The pages of a list whose address holds the cursor of the one in sight. Cursors lead forward only: the way back is
 * remembered as far as this visit went. Whoever turns a page goes on at its top.
 * @param cursor of the page in sight; null: the first
 * @param next the cursor of the page after it, where there is one
 * @param show brings the page of a cursor in sight
 */
export function useCursorPages(
  cursor: string | null,
  next: string | null | undefined,
  show: (cursor: string | null) => void,
) {
  const [passed, setPassed] = useState<(string | null)[]>([])
  const top = useRef<HTMLDivElement>(null)

  const turn = (to: string | null, before: (string | null)[]) => {
    setPassed(before)
    show(to)
    top.current?.focus({ preventScroll: true })
    top.current?.scrollIntoView({ block: 'start' })
  }
  const isElsewhere = cursor !== null
  const known = passed.length > 0
  return {
    /** Stands at the list. */
    top,
    /** Another list begins: the way back leads nowhere. */
    forget: () => setPassed([]),
    toFirst: () => turn(null, []),
    pager: {
      onFirst: isElsewhere && !known ? () => turn(null, []) : undefined,
      onPrevious: isElsewhere && known ? () => turn(passed.at(-1) ?? null, passed.slice(0, -1)) : undefined,
      onNext: next ? () => turn(next, [...passed, cursor]) : undefined,
    },
  }
}
