import { ChevronLeft } from 'lucide-react'
import { PageLink } from '@/components/ui/page-link'

/** Leads from one thing to the list of its kind. */
export const BackLink = ({ href, children }: { href: string; children: string }) => (
  <PageLink href={href} className="inline-flex items-center gap-1 self-start text-muted hover:text-ink">
    <ChevronLeft size={14} />
    {children}
  </PageLink>
)
