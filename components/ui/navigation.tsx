'use client'

import { useRouter } from 'next/navigation'
import {
  createContext,
  type ReactNode,
  use,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
  useTransition,
} from 'react'
import { useEver } from '@/components/hooks/use-ever'
import { onDemand } from '@/components/ui/on-demand'
import { onTraverse } from '@/components/ui/traverse'

const DiscardDialog = onDemand(() => import('@/components/ui/discard-dialog').then((module) => module.DiscardDialog))

/** A page that is there sooner follows the other at once: nothing flickers between them. */
const SLOW_AFTER_MS = 300

type Navigation = {
  /** Leads to another page, at once or when the reader has agreed to lose what is unsaved. */
  go: (href: string) => void
  /** Does what takes away what is being entered, at once or when the reader has agreed to lose it. */
  leave: (then: () => void) => void
  /** Asks from now on `isUnsaved` whether something would be lost. @returns stops that */
  guard: (isUnsaved: () => boolean) => () => void
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
  const guards = useRef(new Set<() => boolean>())
  // What is done once the reader has agreed.
  const [asked, setAsked] = useState<(() => void) | null>(null)
  const asking = useEver(asked !== null)

  const navigation = useMemo((): Navigation => {
    const leave = (then: () => void) => (isAnyUnsaved(guards.current) ? setAsked(() => then) : then())
    return {
      leave,
      go: (href) => leave(() => startTransition(() => router.push(href))),
      guard: (isUnsaved) => {
        guards.current.add(isUnsaved)
        return () => guards.current.delete(isUnsaved)
      },
    }
  }, [router])
  useEffect(
    () =>
      onTraverse(
        () => isAnyUnsaved(guards.current),
        (goOn) => setAsked(() => goOn),
      ),
    [],
  )

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

const isAnyUnsaved = (guards: ReadonlySet<() => boolean>) => [...guards].some((isUnsaved) => isUnsaved())

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

/**
 * While `isUnsaved`, a link and the browser's Back and Forward ask before they lead away, and so does the browser before
 * it closes or reloads the page.
 */
export function useUnsaved(isUnsaved: () => boolean): void {
  const { guard } = use(Context)
  const ask = useEffectEvent(isUnsaved)
  useEffect(() => {
    const stop = new AbortController()
    const release = guard(() => ask())
    const stay = (event: BeforeUnloadEvent) => {
      if (ask()) event.preventDefault()
    }
    window.addEventListener('beforeunload', stay, { signal: stop.signal })
    return () => {
      stop.abort()
      release()
    }
  }, [guard])
}
