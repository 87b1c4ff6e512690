'use client'

import Link from 'next/link'
import type { ComponentProps } from 'react'
import { useNavigation } from '@/components/ui/navigation'

type Props = Omit<ComponentProps<typeof Link>, 'href' | 'onNavigate' | 'prefetch'> & { href: string }

/**
 * A link to a page of ours: while the page is on its way, the reader sees that. Nothing is asked for before it is followed: a
 * page is made of its reader's data anew, so what came earlier would save no time, and a list has dozens of links.
 */
export function PageLink(props: Props) {
  const { go } = useNavigation()
  return (
    <Link
      {...props}
      prefetch={false}
      onNavigate={(event) => {
        event.preventDefault()
        go(props.href)
      }}
    />
  )
}
