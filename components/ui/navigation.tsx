'use client'

import { useRouter } from 'next/navigation'
import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useState, useTransition } from 'react'
import { useEver } from '@/components/hooks/use-ever'
import { onDemand } from '@/components/ui/on-demand'

const DiscardDialog = onDemand(() => import('@/components/ui/discard-dialog').then((module) => module.DiscardDialog))

/** A page that is there sooner follows the other at once: nothing flickers between them. */
const SLOW_AFTER_MS = 300

type Navigation = {
  /** Leads to another page, at once or when the reader has agreed to lose what is unsaved. */
  go: (href: string) => void
  /** Does what takes away what is being entered, at once or when the reader has agreed to lose it. */
  leave: (then: () => void) => void
  /** Says that something unsaved would be lost. @returns takes that back */
  guard: () => () => void
}

/** Outside of the provider a page is loaded whole. */
const Context = createContext<Navigation>({
  go: (href) => window.location.assign(href),
  leave: (then) => then(),
  guard: () => () => {},
})
const Slow = createContext(false)

/** Shows that another page is on its way, and asks before what was entered is lost by that. */
export function NavigationProvider({ children }: { children: ReactNode }) {
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  const slow = useSlow(pending)
  const unsaved = useRef(0)
  // What is done once the reader has agreed.
  const [asked, setAsked] = useState<(() => void) | null>(null)
  const asking = useEver(asked !== null)

  const navigation = useMemo((): Navigation => {
    const leave = (then: () => void) => (unsaved.current > 0 ? setAsked(() => then) : then())
    return {
      leave,
      go: (href) => leave(() => startTransition(() => router.push(href))),
      guard: () => {
        unsaved.current += 1
        return () => {
          unsaved.current -= 1
        }
      },
    }
  }, [router])

  return (
    <Context value={navigation}>
      <Slow value={slow}>
        {pending && (
          <div
            role="progressbar"
            aria-label="Loading the page"
            className="fixed inset-x-0 top-0 z-50 h-0.5 origin-left bg-accent motion-safe:animate-page-bar"
          />
        )}
        {children}
        {asking && (
          <DiscardDialog
            open={asked !== null}
            onStay={() => setAsked(null)}
            onDiscard={() => {
              setAsked(null)
              asked?.()
            }}
          />
        )}
      </Slow>
    </Context>
  )
}

/** Whether `pending` has been true for so long that something should stand in the place of the page. */
function useSlow(pending: boolean): boolean {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    if (!pending) return
    const timer = setTimeout(() => setSlow(true), SLOW_AFTER_MS)
    return () => {
      clearTimeout(timer)
      setSlow(false)
    }
  }, [pending])
  return slow && pending
}

export const useNavigation = (): Pick<Navigation, 'go' | 'leave'> => use(Context)

/** Whether the next page has been on its way for a while. */
export const useSlowNavigation = (): boolean => use(Slow)

/** While `unsaved`, a link asks before it leads away, and so does the browser before it closes or reloads the page. */
export function useUnsaved(unsaved: boolean): void {
  const { guard } = use(Context)
  useEffect(() => {
    if (!unsaved) return
    const stop = new AbortController()
    const release = guard()
    window.addEventListener('beforeunload', (event) => event.preventDefault(), { signal: stop.signal })
    return () => {
      stop.abort()
      release()
    }
  }, [unsaved, guard])
}
