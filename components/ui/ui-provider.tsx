'use client'

import { CSPProvider } from '@base-ui/react/csp-provider'
import { Toast } from '@base-ui/react/toast'
import type { ReactNode } from 'react'
import { Toasts } from '@/components/ui/toast'

type Props = { nonce: string | undefined; children: ReactNode }

/** What the primitives need around the whole page: its nonce, and a place for toasts. */
export const UiProvider = ({ nonce, children }: Props) => (
  <CSPProvider nonce={nonce} disableStyleElements>
    <Toast.Provider timeout={5_000}>
      {children}
      <Toasts />
    </Toast.Provider>
  </CSPProvider>
)
