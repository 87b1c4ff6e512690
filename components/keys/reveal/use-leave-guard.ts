'use client'

import { useCallback, useEffect, useRef } from 'react'

/** A guard that stands: what it listens with, and how its history entry goes away. */
type Standing = { stop: AbortController; pushed: boolean }

/**
 * Guards what would be lost by leaving the page. It stands from the call of `hold`, not from the next render, until
 * `release`: a reload asks by the browser's own question, and Back calls `onBack`. Back is caught by one more history
 * entry of the same address, which is taken away again at the end.
 */
export function useLeaveGuard(onBack: () => void) {
  const latest = useRef(onBack)
  const standing = useRef<Standing | null>(null)
  useEffect(() => {
    latest.current = onBack
  })

  const release = useCallback(() => {
    const held = standing.current
    standing.current = null
    held?.stop.abort()
    if (held?.pushed) window.history.back()
  }, [])
  const hold = () => {
    if (standing.current) return
    const held: Standing = { stop: new AbortController(), pushed: false }
    standing.current = held
    window.addEventListener('beforeunload', (event) => event.preventDefault(), { signal: held.stop.signal })
  }
  /** Catches Back too, from now on: the entry that it adds has the address of this moment. */
  const catchBack = () => {
    const held = standing.current
    if (!held || held.pushed) return
    const push = () => window.history.pushState(window.history.state, '')
    held.pushed = true
    push()
    const caught = () => {
      push()
      latest.current()
    }
    window.addEventListener('popstate', caught, { signal: held.stop.signal })
  }
  useEffect(() => release, [release])
  return { hold, catchBack, release }
}
