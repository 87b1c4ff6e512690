'use client'

import { ChevronsUpDown } from 'lucide-react'
import { useState } from 'react'
import { setShortcutsOn, setTheme, useShortcutsOn, useTheme } from '@/components/shell/preferences'
import { Menu } from '@/components/ui/menu'
import type { MenuEntry } from '@/components/ui/menu-entry'
import { useToast } from '@/components/ui/toast'

const THEMES = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const

const PLATFORM_ENTRIES: MenuEntry[] = [{ kind: 'link', label: 'Platform console', href: '/platform' }, { kind: 'line' }]

type Props = {
  user: { name: string; email: string; platform_admin: boolean }
  /** Their role here, in words. */
  standing: string
}

/** Account, theme, shortcuts and the way out. */
export function UserMenu({ user, standing }: Props) {
  const theme = useTheme()
  const shortcutsOn = useShortcutsOn()
  const toast = useToast()
  const [leaving, setLeaving] = useState(false)

  const leave = async () => {
    setLeaving(true)
    try {
      // Fetched on the way out: what checks next-auth's replies is not needed before.
      const { signOut } = await import('@/lib/queries/sign-in')
      await signOut()
      window.location.assign('/sign-in')
    } catch {
      setLeaving(false)
      toast('Signing out failed. You are still signed in; try again.')
    }
  }

  const entries: MenuEntry[] = [
    { kind: 'text', text: user.email },
    { kind: 'link', label: 'Your account', href: '/account' },
    { kind: 'line' },
    ...(user.platform_admin ? PLATFORM_ENTRIES : []),
    {
      kind: 'choice',
      label: 'Theme',
      options: THEMES.map(({ value, label }) => ({ label, chosen: value === theme, onChoose: () => setTheme(value) })),
    },
    { kind: 'line' },
    { kind: 'tick', label: 'Single-key shortcuts', ticked: shortcutsOn, onChange: setShortcutsOn },
    { kind: 'line' },
    { kind: 'action', label: leaving ? 'Signing out…' : 'Sign out', onChoose: () => void leave() },
  ]
  return (
    <Menu
      label={`Account: ${user.name}, ${standing}`}
      align="start"
      entries={entries}
      className="flex min-w-0 items-center justify-between gap-2 rounded-md px-2 py-1.5 text-left transition-colors hover:bg-hover data-popup-open:bg-hover"
    >
      <span className="flex min-w-0 flex-col max-md:hidden">
        <span className="font-medium wrap-anywhere">{user.name}</span>
        <span className="text-muted text-sm">{standing}</span>
      </span>
      <span className="wrap-anywhere md:hidden">{user.name}</span>
      <ChevronsUpDown size={14} className="shrink-0 text-muted" />
    </Menu>
  )
}
