import type { ReactNode } from 'react'
import { DocsPager } from '@/components/docs/find/pager'
import { Markdown } from '@/components/docs/guide/markdown'
import type { Guide } from '@/lib/docs/guides'
import type { Place } from '@/lib/docs/markdown'
import type { DocsLink } from '@/lib/docs/navigation'

type Props = {
  guide: Pick<Guide, 'title' | 'body' | 'headings'>
  drawn: Record<Place, ReactNode>
  neighbours: { previous: DocsLink | null; next: DocsLink | null }
}

export const GuidePage = ({ guide: { title, body, headings }, drawn, neighbours }: Props) => (
  <div className="mx-auto flex max-w-5xl gap-12">
    <article className="min-w-0 max-w-3xl flex-1">
      <h1 className="font-semibold text-xl">{title}</h1>
      <Markdown body={body} drawn={drawn} />
      <DocsPager {...neighbours} />
    </article>
    {headings.length > 1 && (
      <nav aria-label="On this page" className="sticky top-10 w-48 shrink-0 self-start max-xl:hidden">
        <p className="pb-1 text-muted text-sm">On this page</p>
        <ul className="flex flex-col gap-1 border-line border-l">
          {headings.map(({ id, text }) => (
            <li key={id}>
              <a href={`#${id}`} className="block py-0.5 pl-3 text-muted text-sm hover:text-ink">
                {text}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    )}
  </div>
)
