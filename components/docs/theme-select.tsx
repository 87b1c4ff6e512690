'use client'

import { setTheme, useTheme } from '@/components/shell/preferences'
import { parseTheme } from '@/components/shell/theme'

/** The theme of the whole product. A plain control: a menu's code would outweigh the page. */
export function ThemeSelect() {
  const theme = useTheme()
  return (
    <select
      aria-label="Theme"
      value={theme}
      onChange={(event) => setTheme(parseTheme(event.target.value))}
      className="noscript:hidden h-7 rounded-md border border-line bg-raised px-1.5 text-ink text-sm"
    >
      <option value="system">System</option>
      <option value="light">Light</option>
      <option value="dark">Dark</option>
    </select>
  )
}
