'use client'

import { useEffect, useRef } from 'react'

/**
 * While `active`, leaving the page asks first: a reload by the browser's own question, Back by `onBack`. Back is caught
 * by one more history entry of the same address, which is taken away again at the end.
 */
export function useLeaveGuard(active: boolean, onBack: () => void) {
  const latest = useRef(onBack)
  const removal = useRef<ReturnType<typeof setTimeout> | null>(null)
  useEffect(() => {
    latest.current = onBack
  })
  useEffect(() => {
    if (!active) return
    const stop = new AbortController()
    const push = () => window.history.pushState(window.history.state, '')
    // React's strict mode runs this twice: the entry of the first run is still there.
    if (removal.current) clearTimeout(removal.current)
    else push()
    removal.current = null
    const options = { signal: stop.signal }
    window.addEventListener('beforeunload', (event) => event.preventDefault(), options)
    window.addEventListener(
      'popstate',
      () => {
        push()
        latest.current()
      },
      options,
    )
    return () => {
      stop.abort()
      removal.current = setTimeout(() => {
        removal.current = null
        window.history.back()
      })
    }
  }, [active])
}
