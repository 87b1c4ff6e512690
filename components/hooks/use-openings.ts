'use client'

import { useState } from 'react'

/**
 * Counts how often something has been opened that opens and closes by itself, such as by the address. As a React key the
 * count makes a fresh dialog of each opening; 0: it has not been opened yet.
 */
export function useOpenings(open: boolean): number {
  const [{ was, count }, set] = useState({ was: false, count: 0 })
  if (open === was) return count
  const next = { was: open, count: open ? count + 1 : count }
  set(next)
  return next.count
}
