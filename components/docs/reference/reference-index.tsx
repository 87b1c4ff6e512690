import type { ReactNode } from 'react'
import { DocsPager } from '@/components/docs/find/pager'
import { AnchoredHeading } from '@/components/docs/guide/anchored-heading'
import { Method } from '@/components/docs/reference/method'
import { StateDrawing } from '@/components/docs/reference/state-drawing'
import { PageLink } from '@/components/ui/page-link'
import type { DocsLink } from '@/lib/docs/navigation'
import type { ReferenceResource } from '@/lib/docs/reference-index'

type Props = {
  resources: readonly ReferenceResource[]
  origin: string
  neighbours: { previous: DocsLink | null; next: DocsLink | null }
}

const LINK = 'text-accent underline underline-offset-2'

const Docs = ({ href, children }: { href: string; children: ReactNode }) => (
  <PageLink href={href} className={LINK}>
    {children}
  </PageLink>
)

/** Every operation of the API. */
export const ReferenceIndex = ({ resources, origin, neighbours }: Props) => (
  <article className="mx-auto max-w-4xl leading-6">
    <h1 className="font-semibold text-xl">API reference</h1>
    <p className="my-3">
      The API stands below <code className="font-mono text-sm">{origin}/api/v1</code>. It takes and gives JSON, and{' '}
      <Docs href="/docs/authentication">a key</Docs> with every call.
    </p>
    <p className="my-3">
      The same as an OpenAPI 3.1 document:{' '}
      <a href="/api/v1/openapi.json" download="latchkey-openapi.json" className={LINK}>
        download openapi.json
      </a>
      . A <Docs href="/docs/typed-client">typed client</Docs> can be made from it.
    </p>
    {resources.map(({ name, title, description, operations, states }) => (
      <section key={name}>
        <AnchoredHeading level={2} id={name}>
          {title}
        </AnchoredHeading>
        <p className="text-muted">{description}</p>
        {states.map((drawing) => (
          <StateDrawing key={drawing.many} drawing={drawing} />
        ))}
        <ul className="mt-3 divide-y divide-line border-line border-y">
          {operations.map(({ href, method, path, summary }) => (
            <li key={href} className="flex flex-wrap items-baseline gap-x-3 py-2">
              <span className="min-w-56 sm:flex-1">
                <Docs href={href}>{summary}</Docs>
              </span>
              <span className="flex min-w-0 items-baseline gap-2 sm:flex-1">
                <Method name={method} />
                <code className="break-all font-mono text-muted text-sm">{path}</code>
              </span>
            </li>
          ))}
        </ul>
      </section>
    ))}
    <DocsPager {...neighbours} />
  </article>
)
