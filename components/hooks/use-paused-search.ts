'use client'

import { useEffect, useRef, useState } from 'react'

const PAUSE_MS = 250

/**
 * The text of a search box, which searches when the typing pauses.
 * @param value what is searched for now; Back, Forward and "clear" change it, and the box follows
 */
export function usePausedSearch(value: string, onSearch: (text: string) => void) {
  const [text, setText] = useState(value)
  const search = useRef(onSearch)
  useEffect(() => {
    search.current = onSearch
  })
  const [followed, setFollowed] = useState(value)
  if (value !== followed) {
    setFollowed(value)
    setText(value)
  }
  useEffect(() => {
    if (text.trim() === value) return
    const timer = setTimeout(() => search.current(text.trim()), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, value])
  return [text, setText] as const
}
