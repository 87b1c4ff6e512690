import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { DocsShell } from '@/components/docs/docs-shell'
import { PlaygroundVisit } from '@/components/playground/visit'
import { navigation } from '@/lib/docs/navigation'

export const metadata: Metadata = {
  title: { default: 'Latchkey docs', template: '%s · Latchkey docs' },
  robots: { index: true },
}

/** The playground's token is held above all pages of the docs, so that it goes along from one to the next. */
export default async function Layout({ children }: { children: ReactNode }) {
  return (
    <PlaygroundVisit>
      <DocsShell navigation={await navigation()}>{children}</DocsShell>
    </PlaygroundVisit>
  )
}
