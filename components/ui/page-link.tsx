'use client'

import Link from 'next/link'
import type { ComponentProps } from 'react'
import { useNavigation } from '@/components/ui/navigation'

type Props = Omit<ComponentProps<typeof Link>, 'href' | 'onNavigate'> & { href: string }

/** A link to a page of ours: while the page is on its way, the reader sees that. */
export function PageLink(props: Props) {
  const { go } = useNavigation()
  return (
    <Link
      {...props}
      onNavigate={(event) => {
        event.preventDefault()
        go(props.href)
      }}
    />
  )
}
