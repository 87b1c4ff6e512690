import { Playground } from '@/components/playground/playground'
import type { PlaygroundOperation } from '@/lib/http/api/openapi/playground-form'

/** The playground's place on an operation's page. It is in the page from its first byte: nothing moves when its code has come. */
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
