import { PageLink } from '@/components/ui/page-link'
import type { Guide } from '@/lib/docs/guides'
import type { ReferenceResource } from '@/lib/docs/reference-index'

type Props = { guides: readonly Pick<Guide, 'href' | 'title' | 'lead'>[]; resources: readonly ReferenceResource[] }

/** The contents of the docs. */
export const DocsHome = ({ guides, resources }: Props) => (
  <article className="mx-auto max-w-4xl">
    <h1 className="font-semibold text-xl">Latchkey docs</h1>
    <p className="mt-2 max-w-2xl text-muted leading-6">
      How to call the API of your workspace: from the first request to running it yourself.
    </p>
    <h2 className="mt-8 mb-3 font-semibold text-lg">Guides</h2>
    <ul className="grid gap-3 sm:grid-cols-2">
      {guides.map(({ href, title, lead }) => (
        <li key={href} className="flex">
          <PageLink
            href={href}
            className="flex flex-1 flex-col gap-0.5 rounded-md border border-line px-4 py-3 transition-colors hover:bg-hover"
          >
            <span className="font-medium text-accent">{title}</span>
            <span className="text-muted">{lead}</span>
          </PageLink>
        </li>
      ))}
    </ul>
    <h2 className="mt-8 mb-3 font-semibold text-lg">
      <PageLink href="/docs/reference" className="hover:underline">
        API reference
      </PageLink>
    </h2>
    <ul className="divide-y divide-line border-line border-y">
      {resources.map(({ name, title, description, operations }) => (
        <li key={name} className="flex flex-wrap items-baseline gap-x-3 py-2">
          <PageLink href={`/docs/reference#${name}`} className="min-w-40 text-accent underline underline-offset-2">
            {title}
          </PageLink>
          <span className="min-w-0 flex-1 basis-64 text-muted">{description}</span>
          <span className="text-muted text-sm">{operations.length} operations</span>
        </li>
      ))}
    </ul>
  </article>
)
