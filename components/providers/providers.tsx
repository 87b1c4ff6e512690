'use client'

import { QueryClientProvider } from '@tanstack/react-query'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import type { ReactNode } from 'react'
import { NowProvider } from '@/components/providers/now'
import { getQueryClient } from '@/components/providers/query-client'
import { UiProvider } from '@/components/ui/ui-provider'

type Props = {
  nonce: string | undefined
  /** The server's clock when it made the page, in milliseconds. */
  now: number
  children: ReactNode
}

export function Providers({ nonce, now, children }: Props) {
  return (
    <UiProvider nonce={nonce}>
      <QueryClientProvider client={getQueryClient()}>
        <NuqsAdapter>
          <NowProvider initial={now}>{children}</NowProvider>
        </NuqsAdapter>
      </QueryClientProvider>
    </UiProvider>
  )
}
