'use client'

import { ChevronsUpDown } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { setShortcutsOn, setTheme, useShortcutsOn, useTheme } from '@/components/shell/preferences'
import { Menu, MenuCheckbox, MenuItem, MenuLink, MenuRadios, MenuSeparator } from '@/components/ui/menu'
import { useToast } from '@/components/ui/toast'
import { signOut } from '@/lib/queries/sign-in'

const THEME_OPTIONS = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const

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
      await signOut()
      window.location.assign('/sign-in')
    } catch {
      setLeaving(false)
      toast('Signing out failed. You are still signed in; try again.')
    }
  }

  const trigger = (
    <button
      type="button"
      aria-label={`Account: ${user.name}, ${standing}`}
      className="flex min-w-0 items-center justify-between gap-2 rounded-md px-2 py-1.5 text-left transition-colors hover:bg-hover data-popup-open:bg-hover"
    >
      <span className="flex min-w-0 flex-col max-md:hidden">
        <span className="truncate font-medium">{user.name}</span>
        <span className="truncate text-muted text-sm">{standing}</span>
      </span>
      <span className="truncate md:hidden">{user.name}</span>
      <ChevronsUpDown size={14} className="shrink-0 text-muted" />
    </button>
  )
  return (
    <Menu trigger={trigger} align="start">
      <p className="max-w-64 truncate px-2 pt-1.5 pb-1 text-muted text-sm">{user.email}</p>
      <MenuLink render={<Link href="/account" />}>Your account</MenuLink>
      <MenuSeparator />
      {user.platform_admin && (
        <>
          <MenuLink render={<Link href="/platform" />}>Platform console</MenuLink>
          <MenuSeparator />
        </>
      )}
      <MenuRadios label="Theme" value={theme} options={THEME_OPTIONS} onChange={setTheme} />
      <MenuSeparator />
      <MenuCheckbox checked={shortcutsOn} onChange={setShortcutsOn}>
        Single-key shortcuts
      </MenuCheckbox>
      <MenuSeparator />
      <MenuItem onClick={() => void leave()}>{leaving ? 'Signing out…' : 'Sign out'}</MenuItem>
    </Menu>
  )
}
