import { allGuides } from '@/lib/docs/guides'
import { documentedOperations } from '@/lib/docs/operations'

export type DocsLink = { href: string; title: string }
/** `label` stands before an operation: its method. */
export type Entry = DocsLink & { label?: string }
export type Group = { title: string; entries: Entry[] }

/** What the sidebar shows: the guides, and the operations by their resources. */
export type Navigation = { guides: Entry[]; reference: Group[] }

export const REFERENCE: DocsLink = { href: '/docs/reference', title: 'API reference' }

export async function navigation(): Promise<Navigation> {
  const guides = await allGuides()
  const operations = documentedOperations()
  const resources = [...new Set(operations.map(({ resource }) => resource))]
  return {
    guides: guides.map(({ href, title }) => ({ href, title })),
    reference: resources.map((resource) => ({
      title: resource.title,
      entries: operations
        .filter((one) => one.resource === resource)
        .map(({ href, operation }) => ({ href, title: operation.summary, label: operation.method.toUpperCase() })),
    })),
  }
}

/** The pages before and after one, over everything. */
export async function neighbours(href: string): Promise<{ previous: DocsLink | null; next: DocsLink | null }> {
  const { guides, reference } = await navigation()
  const pages: DocsLink[] = [...guides, REFERENCE, ...reference.flatMap(({ entries }) => entries)]
  const at = pages.findIndex((page) => page.href === href)
  const plain = (page: DocsLink | undefined) => (page ? { href: page.href, title: page.title } : null)
  return { previous: at > 0 ? plain(pages[at - 1]) : null, next: plain(pages[at + 1]) }
}
