'use client'

import { useQuery } from '@tanstack/react-query'
import { Bell } from 'lucide-react'
import { NoticePanel } from '@/components/notices/notice-panel'
import { Popover } from '@/components/ui/popover'
import { MOST_UNREAD_COUNTED } from '@/lib/contracts/most-unread'
import { browserClient } from '@/lib/queries/client'
import { unreadNoticesQuery } from '@/lib/queries/notices'

const countOf = (unread: number) => (unread < MOST_UNREAD_COUNTED ? String(unread) : `${MOST_UNREAD_COUNTED - 1}+`)

/** What the person is told, in all their organisations, and how much of it is new. */
export function NoticeBell() {
  const { data } = useQuery(unreadNoticesQuery(browserClient))
  const unread = data?.unread ?? 0
  return (
    <Popover
      label={unread > 0 ? `Notices, ${countOf(unread)} unread` : 'Notices'}
      title="Notices"
      className="flex h-8 shrink-0 items-center gap-2 rounded-md px-2 transition-colors hover:bg-hover data-popup-open:bg-hover"
      button={
        <>
          <Bell size={15} className="text-muted" />
          <span className="flex-1 text-left max-md:hidden">Notices</span>
          {unread > 0 && (
            <span className="rounded-full bg-accent px-1.5 text-on-accent text-xs tabular-nums">{countOf(unread)}</span>
          )}
        </>
      }
    >
      {(close) => <NoticePanel onLeave={close} />}
    </Popover>
  )
}
