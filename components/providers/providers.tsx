'use client'

import { QueryClientProvider } from '@tanstack/react-query'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import { type ReactNode, useEffect } from 'react'
import { NowProvider } from '@/components/providers/now'
import { getQueryClient } from '@/components/providers/query-client'
import { NavigationProvider } from '@/components/ui/navigation'
import { UiProvider } from '@/components/ui/ui-provider'

type Props = {
  nonce: string | undefined
  /** The server's clock when it made the page, in milliseconds. */
  now: number
  children: ReactNode
}

/** What is around every page. Once the page answers to what is entered and pressed, `<html data-hydrated>` says so. */
export function Providers({ nonce, now, children }: Props) {
  // The last effect of the first render: those of what is inside run before it.
  useEffect(() => {
    document.documentElement.dataset.hydrated = ''
  }, [])
  return (
    <UiProvider nonce={nonce}>
      <QueryClientProvider client={getQueryClient()}>
        <NuqsAdapter>
          <NowProvider initial={now}>
            <NavigationProvider>{children}</NavigationProvider>
          </NowProvider>
        </NuqsAdapter>
      </QueryClientProvider>
    </UiProvider>
  )
}
