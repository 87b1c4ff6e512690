'use client'

import { CSPProvider } from '@base-ui/react/csp-provider'
import { Toast } from '@base-ui/react/toast'
import { QueryClientProvider } from '@tanstack/react-query'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import type { ReactNode } from 'react'
import { NowProvider } from '@/components/providers/now'
import { getQueryClient } from '@/components/providers/query-client'
import { Toasts } from '@/components/ui/toast'

type Props = {
  nonce: string | undefined
  /** The server's clock when it made the page, in milliseconds. */
  now: number
  children: ReactNode
}

export function Providers({ nonce, now, children }: Props) {
  return (
    <CSPProvider nonce={nonce} disableStyleElements>
      <QueryClientProvider client={getQueryClient()}>
        <NuqsAdapter>
          <NowProvider initial={now}>
            <Toast.Provider timeout={5_000}>
              {children}
              <Toasts />
            </Toast.Provider>
          </NowProvider>
        </NuqsAdapter>
      </QueryClientProvider>
    </CSPProvider>
  )
}
