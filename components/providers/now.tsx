'use client'

import { createContext, type ReactNode, use, useEffect, useState } from 'react'

const TICK_MS = 10_000

const Now = createContext(0)

/** The time that relative times are measured from: the server's at first, so that both render the same, then ours. */
export function NowProvider({ initial, children }: { initial: number; children: ReactNode }) {
  const [now, setNow] = useState(initial)
  useEffect(() => {
    const tick = () => setNow(Date.now())
    tick()
    const timer = setInterval(tick, TICK_MS)
    return () => clearInterval(timer)
  }, [])
  return <Now value={now}>{children}</Now>
}

/** Milliseconds; renewed every few seconds. */
export const useNow = (): number => use(Now)
