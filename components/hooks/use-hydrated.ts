'use client'

import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** False until the page's script has taken over: what needs it cannot be pressed before, instead of doing nothing. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
