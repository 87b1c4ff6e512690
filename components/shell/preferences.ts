'use client'

import { useSyncExternalStore } from 'react'
import { parseTheme, THEME_COOKIE, type Theme } from '@/components/shell/theme'
import { DAY_MS, SECOND_MS } from '@/lib/base/time'

const SHORTCUTS_COOKIE = 'shortcuts'
const YEAR_SECONDS = (365 * DAY_MS) / SECOND_MS

// Kept in cookies: the server needs the theme before the page is painted.
const listeners = new Set<() => void>()

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function read(name: string): string | undefined {
  const prefix = `${name}=`
  return document.cookie
    .split('; ')
    .find((part) => part.startsWith(prefix))
    ?.slice(prefix.length)
}

function write(name: string, value: string) {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in browsers that we support
  document.cookie = `${name}=${value}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`
  for (const listener of listeners) listener()
}

export const useTheme = (): Theme =>
  useSyncExternalStore(
    subscribe,
    () => parseTheme(read(THEME_COOKIE)),
    () => 'system',
  )

export function setTheme(theme: Theme) {
  document.documentElement.dataset.theme = theme
  write(THEME_COOKIE, theme)
}

/** Single-key shortcuts can be switched off: speech input and shaky hands trigger them by accident. */
export const useShortcutsOn = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => read(SHORTCUTS_COOKIE) !== 'off',
    () => true,
  )

export const setShortcutsOn = (on: boolean) => write(SHORTCUTS_COOKIE, on ? 'on' : 'off')
