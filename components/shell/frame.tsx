'use client'

import type { LucideIcon } from 'lucide-react'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { OfflineBanner } from '@/components/shell/offline-banner'
import { SkipLink } from '@/components/shell/skip-link'
import { useSlowNavigation } from '@/components/ui/navigation'
import { PageLink } from '@/components/ui/page-link'
import { Skeleton } from '@/components/ui/skeleton'

type FramePage = {
  href: string
  label: string
  icon: LucideIcon
  /** Paths that belong to the page, where they do not begin with its own. */
  also?: string
}

type Props = {
  /** What the pages are about: stands above the navigation. */
  head: ReactNode
  label: string
  pages: readonly FramePage[]
  user: ReactNode
  children: ReactNode
}

/** The frame of pages that belong together: navigation beside the page, above it on narrow screens. */
export const Frame = ({ head, label, pages, user, children }: Props) => (
  <div className="flex min-h-dvh max-md:flex-col">
    <SkipLink />
    <header className="flex shrink-0 border-line bg-subtle max-md:flex-wrap max-md:items-center max-md:justify-between max-md:gap-x-2 max-md:border-b max-md:px-2 max-md:pt-2 md:sticky md:top-0 md:h-dvh md:w-56 md:flex-col md:border-r md:p-3">
      {head}
      <Navigation label={label} pages={pages} />
      {user && (
        <div className="flex min-w-0 max-md:order-2 max-md:max-w-1/2 max-md:items-center md:flex-col">{user}</div>
      )}
    </header>
    <div className="flex min-w-0 flex-1 flex-col">
      <OfflineBanner />
      <Page>{children}</Page>
    </div>
  </div>
)

/** The page; while the next one is long in coming, its outline. What was being entered comes back if it does not come. */
function Page({ children }: { children: ReactNode }) {
  const slow = useSlowNavigation()
  return (
    <main
      id="page"
      tabIndex={-1}
      aria-busy={slow}
      className="w-full max-w-6xl flex-1 px-4 py-6 outline-none md:px-8 md:py-8"
    >
      {slow && (
        <>
          <Skeleton className="mb-3 h-7 w-40" />
          <Skeleton className="mb-8 w-72 max-w-full" />
          <Skeleton className="h-48 w-full" />
        </>
      )}
      <div hidden={slow}>{children}</div>
    </main>
  )
}

/** Scrolls the strip of a narrow screen, and nothing else, to where the open page stands. */
function bringInSight(link: HTMLElement | null) {
  const strip = link?.closest('nav')
  if (!link || !strip) return
  const [around, own] = [strip.getBoundingClientRect(), link.getBoundingClientRect()]
  strip.scrollLeft += own.left - around.left - (around.width - own.width) / 2
}

function Navigation({ label, pages }: { label: string; pages: readonly FramePage[] }) {
  const pathname = usePathname()
  const isCurrent = ({ href, also }: FramePage) =>
    also === undefined ? pathname.startsWith(href) : pathname === href || pathname.startsWith(also)
  return (
    <nav aria-label={label} className="flex-1 max-md:order-3 max-md:basis-full max-md:overflow-x-auto md:mt-4">
      <p className="px-2 pb-1 text-muted text-sm max-md:hidden">{label}</p>
      <ul className="flex gap-0.5 md:flex-col">
        {pages.map((page) => (
          <li key={page.href}>
            <PageLink
              href={page.href}
              ref={isCurrent(page) ? bringInSight : undefined}
              aria-current={isCurrent(page) ? 'page' : undefined}
              className="flex h-8 items-center gap-2 whitespace-nowrap rounded-md px-2 transition-colors hover:bg-hover aria-[current=page]:font-medium max-md:rounded-none max-md:border-transparent max-md:border-b-2 max-md:aria-[current=page]:border-accent md:aria-[current=page]:bg-hover"
            >
              <page.icon size={15} className="text-muted" />
              {page.label}
            </PageLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
