'use client'

import { useCallback, useRef, useState } from 'react'

/**
 * State that a handler can ask for as it is now, where a variable of its render is as it was last drawn: what a reply
 * or an effect has changed since is drawn a moment later, and a key may be pressed in that moment.
 * @returns the value as drawn, what sets it, and what tells it as it is
 */
export function useCurrent<Value>(initial: Value): [drawn: Value, set: (value: Value) => void, read: () => Value] {
  const current = useRef(initial)
  const [drawn, setDrawn] = useState(initial)
  const set = useCallback((value: Value) => {
    current.current = value
    setDrawn(() => value)
  }, [])
  const read = useCallback(() => current.current, [])
  return [drawn, set, read]
}
