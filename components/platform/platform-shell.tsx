'use client'

import { useQuery } from '@tanstack/react-query'
import { Building2, ListChecks, ScrollText, ShieldCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { NoticeBell } from '@/components/notices/notice-bell'
import { Frame } from '@/components/shell/frame'
import { UserMenu } from '@/components/shell/user-menu'
import { PageLink } from '@/components/ui/page-link'
import { browserClient } from '@/lib/queries/client'
import { sessionQuery } from '@/lib/queries/organization'

const PAGES = [
  { href: '/platform', also: '/platform/organizations', label: 'Organisations', icon: Building2 },
  { href: '/platform/admins', label: 'Platform admins', icon: ShieldCheck },
  { href: '/platform/jobs', label: 'Jobs', icon: ListChecks },
  { href: '/platform/audit', label: 'Audit log', icon: ScrollText },
] as const

/** The frame of the platform console. */
export function PlatformShell({ children }: { children: ReactNode }) {
  const session = useQuery(sessionQuery(browserClient)).data
  const first = session?.organizations[0]
  return (
    <Frame
      head={
        <div className="flex min-w-0 flex-col px-2 py-1.5">
          <p className="font-semibold">Platform console</p>
          {first && (
            <PageLink
              href={`/orgs/${first.slug}/settings/api-keys`}
              className="text-muted text-sm hover:underline wrap-anywhere"
            >
              To {first.name}
            </PageLink>
          )}
        </div>
      }
      label="Platform"
      pages={PAGES}
      user={
        session && (
          <>
            <NoticeBell />
            <UserMenu user={session.user} standing="Platform admin" />
          </>
        )
      }
    >
      {children}
    </Frame>
  )
}
