import './globals.css'
import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata } from 'next'
import { cookies, headers } from 'next/headers'
import type { ReactNode } from 'react'
import { Providers } from '@/components/providers/providers'
import { parseTheme, THEME_COOKIE } from '@/components/shell/theme'

export const metadata: Metadata = {
  title: { default: 'Latchkey', template: '%s · Latchkey' },
  description: 'API keys for your organisation.',
  robots: { index: false },
}

/** Reads the request, so every page is made for its own nonce and theme: no flash of the other theme, no inline script. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value)
  return (
    <html lang="en-GB" data-theme={theme} className={`${GeistSans.variable} ${GeistMono.variable}`}>
      <body>
        <Providers nonce={nonce} now={Date.now()}>
          <div className="isolate min-h-dvh">{children}</div>
        </Providers>
      </body>
    </html>
  )
}
