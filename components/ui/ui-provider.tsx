'use client'

import { CSPProvider } from '@base-ui/react/csp-provider'
import type { ReactNode } from 'react'
import { ToastProvider } from '@/components/ui/toast'

type Props = { nonce: string | undefined; children: ReactNode }

/** What the primitives need around the whole page: its nonce, and a place for toasts. */
export const UiProvider = ({ nonce, children }: Props) => (
  <CSPProvider nonce={nonce} disableStyleElements>
    <ToastProvider>{children}</ToastProvider>
  </CSPProvider>
)
