'use client'

import { Search } from 'lucide-react'
import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import { useHydrated } from '@/components/hooks/use-hydrated'
import { useShortcut } from '@/components/shell/use-shortcut'
import { buttonStyle } from '@/components/ui/button-style'

// The dialog and the index of the search are fetched when it is opened first.
const SearchDialog = lazy(() => import('@/components/docs/find/search-dialog'))

/** Opens the search of the docs; so do `/` and Ctrl+K. */
export function SearchButton() {
  const [open, setOpen] = useState(false)
  const ready = useHydrated()
  const [opened, setOpened] = useState(false)
  const show = useCallback(() => {
    setOpened(true)
    setOpen(true)
  }, [])
  useShortcut('/', show)
  useControlK(show)
  return (
    <>
      <button
        type="button"
        aria-keyshortcuts="/ Control+K Meta+K"
        disabled={!ready}
        onClick={show}
        className={buttonStyle({ className: 'noscript:hidden disabled:opacity-100 md:w-full md:justify-start' })}
      >
        <Search size={15} className="text-muted" />
        <span className="md:flex-1 md:text-left md:font-normal md:text-muted">Search</span>
        <span
          aria-hidden="true"
          className="rounded-sm border border-line px-1 font-mono text-muted text-xs max-md:hidden"
        >
          /
        </span>
      </button>
      {opened && (
        <Suspense>
          <SearchDialog open={open} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}

/** Ctrl+K, or ⌘K: not a single key, so it works while typing and cannot be switched off. */
function useControlK(action: () => void) {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'k' || event.ctrlKey === event.metaKey || event.altKey || event.shiftKey) return
      event.preventDefault()
      action()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [action])
}
