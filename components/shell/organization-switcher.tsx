'use client'

import { Check, ChevronsUpDown } from 'lucide-react'
import { ROLE_LABELS } from '@/components/members/role-labels'
import { Menu } from '@/components/ui/menu'

type Organization = { slug: string; name: string }

type Props = {
  current: Organization
  /** Where the person belongs, with the role in each. */
  organizations: readonly (Organization & { role: keyof typeof ROLE_LABELS })[]
}

/** The organisation that the pages are about; a menu where the person belongs to several. */
export function OrganizationSwitcher({ current, organizations }: Props) {
  if (organizations.length < 2) return <p className="min-w-0 px-2 py-1.5 font-semibold wrap-anywhere">{current.name}</p>
  return (
    <Menu
      label={`Organisation: ${current.name}`}
      align="start"
      entries={organizations.map(({ slug, name, role }) => ({
        kind: 'link',
        href: `/orgs/${slug}/settings/api-keys`,
        label: (
          <span className="flex items-center justify-between gap-4">
            <span className="flex min-w-0 flex-col">
              <span className="wrap-anywhere">{name}</span>
              <span className="text-muted text-xs">{ROLE_LABELS[role]}</span>
            </span>
            {slug === current.slug && <Check size={14} aria-label="current" />}
          </span>
        ),
      }))}
      className="flex min-w-0 items-center justify-between gap-2 rounded-md px-2 py-1.5 text-left font-semibold transition-colors hover:bg-hover data-popup-open:bg-hover"
    >
      <span className="min-w-0 wrap-anywhere">{current.name}</span>
      <ChevronsUpDown size={14} className="shrink-0 text-muted" />
    </Menu>
  )
}
