'use client'

import { useEffect, useState } from 'react'

const SHOWN_MS = 4_000

export type CopyState = 'idle' | 'copied' | 'failed'

/** Copies a text and says truly how it went: `copied` only after the browser has said that the clipboard holds it. */
export function useCopy() {
  const [state, setState] = useState<CopyState>('idle')
  useEffect(() => {
    if (state !== 'copied') return
    const timer = setTimeout(() => setState('idle'), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [state])

  const copy = async (text: string): Promise<boolean> => {
    try {
      // Absent on plain HTTP; then this throws as a refusal would.
      await navigator.clipboard.writeText(text)
      setState('copied')
      return true
    } catch {
      setState('failed')
      return false
    }
  }
  return { state, copy }
}
