import { PageLink } from '@/components/ui/page-link'
import type { DocsLink } from '@/lib/docs/navigation'

type Props = { previous: DocsLink | null; next: DocsLink | null }

const LINK = 'flex flex-col rounded-md border border-line px-3 py-2 transition-colors hover:bg-hover'

/** The pages before and after this one. */
export const DocsPager = ({ previous, next }: Props) => (
  <nav aria-label="Previous and next page" className="mt-12 grid gap-3 sm:grid-cols-2">
    {previous && (
      <PageLink href={previous.href} className={LINK}>
        <span className="text-muted text-xs">Previous</span>
        <span className="text-accent">{previous.title}</span>
      </PageLink>
    )}
    {next && (
      <PageLink href={next.href} className={`${LINK} sm:col-start-2 sm:text-right`}>
        <span className="text-muted text-xs">Next</span>
        <span className="text-accent">{next.title}</span>
      </PageLink>
    )}
  </nav>
)
