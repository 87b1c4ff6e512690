'use client'

import { useCallback, useRef, useState } from 'react'

/**
 * Runs a change once at a time: a second press while it runs does nothing. What it returns is kept nowhere, unlike in
 * a query library's cache: some changes return a secret.
 */
export function useSubmission() {
  const running = useRef(false)
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<unknown>(null)

  const submit = async (work: () => Promise<void>) => {
    if (running.current) return
    running.current = true
    setPending(true)
    setError(null)
    try {
      await work()
    } catch (thrown) {
      setError(thrown)
    } finally {
      running.current = false
      setPending(false)
    }
  }
  return {
    submit,
    pending,
    error,
    clear: () => setError(null),
    /** As `pending`, as it is now: a key may go down before that is drawn. */
    isRunning: useCallback(() => running.current, []),
  }
}
