'use client'

import { useSyncExternalStore } from 'react'
import { SECOND_MS } from '@/lib/base/time'

function everySecond(listener: () => void) {
  const timer = setInterval(listener, 1_000)
  return () => clearInterval(timer)
}

/** Whole seconds until an instant, counted down; 0 when it has passed. */
export const useSecondsUntil = (instant: number): number =>
  useSyncExternalStore(
    everySecond,
    () => Math.max(0, Math.ceil((instant - Date.now()) / SECOND_MS)),
    () => 0,
  )

/** Whether an instant has passed; renders again only when that changes. */
export const useHasPassed = (instant: number | null): boolean =>
  useSyncExternalStore(
    everySecond,
    () => instant !== null && Date.now() >= instant,
    () => false,
  )
