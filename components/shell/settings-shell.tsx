'use client'

import { useQuery } from '@tanstack/react-query'
import { BookOpen, KeyRound, ScrollText, ShieldCheck, Users, UsersRound, Webhook } from 'lucide-react'
import type { ReactNode } from 'react'
import { ROLE_LABELS } from '@/components/members/role-labels'
import { NoticeBell } from '@/components/notices/notice-bell'
import { Frame } from '@/components/shell/frame'
import { OrganizationSwitcher } from '@/components/shell/organization-switcher'
import { UserMenu } from '@/components/shell/user-menu'
import { browserClient } from '@/lib/queries/client'
import { organizationQuery, sessionQuery } from '@/lib/queries/organization'

const PAGES = [
  { path: 'api-keys', label: 'API Keys', icon: KeyRound },
  { path: 'webhooks', label: 'Webhooks', icon: Webhook },
  { path: 'members', label: 'Members', icon: Users },
  { path: 'teams', label: 'Teams', icon: UsersRound },
  { path: 'policy', label: 'Policy', icon: ShieldCheck },
  { path: 'audit', label: 'Audit log', icon: ScrollText },
] as const

const DOCS = { href: '/docs', label: 'Docs', icon: BookOpen }

/** The frame of the settings pages of an organisation. */
export function SettingsShell({ org, children }: { org: string; children: ReactNode }) {
  const session = useQuery(sessionQuery(browserClient)).data
  const organization = useQuery(organizationQuery(browserClient, org)).data
  return (
    <Frame
      head={
        organization &&
        session && <OrganizationSwitcher current={organization.organization} organizations={session.organizations} />
      }
      label="Settings"
      pages={[...PAGES.map(({ path, ...page }) => ({ ...page, href: `/orgs/${org}/settings/${path}` })), DOCS]}
      user={
        session &&
        organization && (
          <>
            <NoticeBell />
            <UserMenu user={session.user} standing={ROLE_LABELS[organization.membership.role]} />
          </>
        )
      }
    >
      {children}
    </Frame>
  )
}
