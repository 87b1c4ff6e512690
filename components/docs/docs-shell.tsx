import { Menu } from 'lucide-react'
import type { ReactNode } from 'react'
import { DocsMenu } from '@/components/docs/find/docs-menu'
import { SearchButton } from '@/components/docs/find/search-button'
import { Mark } from '@/components/shell/mark'
import { SkipLink } from '@/components/shell/skip-link'
import { buttonStyle } from '@/components/ui/button-style'
import { PageLink } from '@/components/ui/page-link'
import type { Navigation } from '@/lib/docs/navigation'

type Props = { navigation: Navigation; children: ReactNode }

const MENU = 'docs-menu'

/** The frame of the docs: search and navigation beside the page; on narrow screens above it, behind a button. */
export const DocsShell = ({ navigation, children }: Props) => (
  <div className="md:flex">
    <SkipLink />
    <header className="z-10 flex border-line bg-subtle max-md:sticky max-md:top-0 max-md:items-center max-md:gap-2 max-md:border-b max-md:px-3 max-md:py-2 md:sticky md:top-0 md:h-dvh md:w-66 md:shrink-0 md:flex-col md:gap-3 md:border-r md:p-3">
      <PageLink href="/docs" className="flex min-w-0 items-center gap-2 rounded-md font-semibold md:px-1">
        <Mark />
        Latchkey docs
      </PageLink>
      <div className="flex gap-2 max-md:ml-auto md:flex-col">
        <SearchButton />
        <button type="button" popoverTarget={MENU} className={buttonStyle({ className: 'md:hidden' })}>
          <Menu size={16} />
          Menu
        </button>
      </div>
      <DocsMenu id={MENU} navigation={navigation} />
    </header>
    <main id="page" tabIndex={-1} className="min-w-0 flex-1 px-4 py-6 outline-none md:px-10 md:py-10">
      {children}
    </main>
  </div>
)
