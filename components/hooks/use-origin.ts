'use client'

import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** The address that the reader is at, scheme and host, for examples that can be pasted as they are. */
export const useOrigin = (): string =>
  useSyncExternalStore(
    never,
    () => window.location.origin,
    () => 'https://…',
  )
