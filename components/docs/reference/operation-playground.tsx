'use client'

import dynamic from 'next/dynamic'
import { Skeleton } from '@/components/ui/skeleton'
import type { PlaygroundOperation } from '@/lib/http/api/openapi/playground-form'

// In the page from its first byte, so that nothing moves when its code has come.
const Playground = dynamic(() => import('@/components/playground/playground').then((module) => module.Playground), {
  loading: () => (
    <div aria-busy="true" className="flex h-40 flex-col gap-3 rounded-lg border border-line p-4 noscript:hidden">
      <Skeleton className="w-64" />
      <Skeleton className="h-8 w-44" />
    </div>
  ),
})

/** The playground's place on an operation's page. Its code is fetched apart, so that the page is read before. */
export const OperationPlayground = ({ operation }: { operation: PlaygroundOperation }) => (
  <section id="playground" aria-labelledby="playground-title" className="flex scroll-mt-4 flex-col gap-3">
    <h2 id="playground-title" className="font-semibold text-lg">
      Try it
    </h2>
    <Playground key={`${operation.method} ${operation.path}`} operation={operation} />
    <noscript>
      <p className="text-muted">The playground needs JavaScript. Everything else on this page works without.</p>
    </noscript>
  </section>
)
