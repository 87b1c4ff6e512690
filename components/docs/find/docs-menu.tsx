'use client'

import { ArrowUpRight } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { Method } from '@/components/docs/reference/method'
import { ThemeSelect } from '@/components/docs/theme-select'
import { PageLink } from '@/components/ui/page-link'
import type { Entry, Group, Navigation } from '@/lib/docs/navigation'

type Props = { id: string; navigation: Navigation }

/**
 * Every page of the docs. A popover on narrow screens, since that opens and closes without a script; a plain column
 * beside the page on wide ones.
 */
export function DocsMenu({ id, navigation: { guides, reference } }: Props) {
  const pathname = usePathname()
  const menu = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is another place in the list
  useEffect(() => {
    menu.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [pathname])
  return (
    <div
      ref={menu}
      id={id}
      popover="auto"
      className="min-h-0 flex-1 flex-col gap-3 text-ink max-md:fixed max-md:inset-x-0 max-md:top-auto max-md:bottom-0 max-md:m-0 max-md:max-h-[85dvh] max-md:w-full max-md:max-w-full max-md:overflow-y-auto max-md:rounded-t-xl max-md:bg-raised max-md:p-4 max-md:shadow-popup max-md:backdrop:bg-scrim max-md:open:flex md:static md:m-0 md:flex md:h-auto md:w-auto md:overflow-visible md:border-0 md:bg-transparent md:p-0"
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Enter on a link is a click, which is heard here */}
      <nav
        aria-label="Documentation"
        onClick={(event) => {
          if (event.target instanceof Element && event.target.closest('a')) menu.current?.hidePopover()
        }}
        className="flex flex-col gap-4 md:min-h-0 md:flex-1 md:overflow-y-auto md:pb-2"
      >
        <div>
          <p className="px-2 pb-1 text-muted text-sm">Guides</p>
          <Entries entries={guides} pathname={pathname} />
        </div>
        <div>
          <p className="px-2 pb-1 text-muted text-sm">Reference</p>
          <Entries entries={[{ href: '/docs/reference', title: 'All operations' }]} pathname={pathname} />
          {reference.map((group) => (
            <Resource key={group.title} group={group} pathname={pathname} />
          ))}
        </div>
      </nav>
      <div className="flex items-center justify-between gap-2 border-line border-t pt-3">
        <PageLink
          href="/"
          className="flex items-center gap-1 whitespace-nowrap rounded-sm px-2 text-muted hover:text-ink"
        >
          Open Latchkey
          <ArrowUpRight size={14} />
        </PageLink>
        <ThemeSelect />
      </div>
    </div>
  )
}

function Resource({ group: { title, entries }, pathname }: { group: Group; pathname: string }) {
  const current = entries.some(({ href }) => href === pathname)
  return (
    <details open={current} className="group">
      <summary className="flex min-h-7 list-none items-center justify-between rounded-md px-2 py-1 transition-colors hover:bg-hover max-md:min-h-9 [&::-webkit-details-marker]:hidden">
        <span>{title}</span>
        <span aria-hidden="true" className="text-muted transition-transform group-open:rotate-90">
          ›
        </span>
      </summary>
      <Entries entries={entries} pathname={pathname} />
    </details>
  )
}

function Entries({ entries, pathname }: { entries: readonly Entry[]; pathname: string }) {
  return (
    <ul className="flex flex-col gap-0.5">
      {entries.map(({ href, title, label }) => (
        <li key={href}>
          <PageLink
            href={href}
            // There are too many to fetch each before anybody asks.
            aria-current={href === pathname ? 'page' : undefined}
            className="flex min-h-7 items-center gap-2 rounded-md px-2 py-1 max-md:min-h-9 transition-colors hover:bg-hover focus-visible:-outline-offset-2 aria-[current=page]:bg-hover aria-[current=page]:font-medium"
          >
            {label && <Method name={label} />}
            {title}
          </PageLink>
        </li>
      ))}
    </ul>
  )
}
