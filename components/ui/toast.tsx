'use client'

import { type ComponentType, createContext, lazy, type ReactNode, Suspense, use, useCallback, useState } from 'react'
import { useHydrated } from '@/components/hooks/use-hydrated'

// They come once the page works: nothing is said before, and they would be a tenth of what it loads first. Where their
// code does not come, nothing is said.
const Toasts = lazy<ComponentType<{ titles: readonly string[] }>>(() =>
  import('@/components/ui/toasts').then(
    (module) => ({ default: module.Toasts }),
    () => ({ default: () => null }),
  ),
)

const Context = createContext<((title: string) => void) | null>(null)

/**
 * Says what has been done, once it has been done. Failures are shown where they happened instead.
 * @throws Error outside of `ToastProvider`
 */
export function useToast(): (title: string) => void {
  const toast = use(Context)
  if (!toast) throw new Error('A toast is asked for outside of ToastProvider.')
  return toast
}

/** Gives the pages below it toasts. What is said while their code is on its way waits for it. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [titles, setTitles] = useState<readonly string[]>([])
  const say = useCallback((title: string) => setTitles((said) => [...said, title]), [])
  const hydrated = useHydrated()
  return (
    <Context value={say}>
      {children}
      {hydrated && (
        <Suspense>
          <Toasts titles={titles} />
        </Suspense>
      )}
    </Context>
  )
}
