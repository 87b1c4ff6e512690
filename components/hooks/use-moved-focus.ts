import { type RefObject, useCallback, useRef } from 'react'

type MovedFocus<Target> = {
  /** What is in place now. */
  current: RefObject<Target | null>
  ref: (target: Target) => () => void
}

/** For what leaves one place on the page to appear in another: where it has the focus, the focus goes along. */
export function useMovedFocus<Target extends HTMLElement>(): MovedFocus<Target> {
  const current = useRef<Target>(null)
  const wasFocused = useRef(false)
  const ref = useCallback((target: Target) => {
    current.current = target
    if (wasFocused.current) target.focus()
    wasFocused.current = false
    return () => {
      wasFocused.current = document.activeElement === target
      current.current = null
    }
  }, [])
  return { current, ref }
}
