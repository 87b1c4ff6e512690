'use client'

import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSubmission } from '@/components/hooks/use-submission'
import { NoticeEntry } from '@/components/notices/notice-entry'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { PageLink } from '@/components/ui/page-link'
import { Skeleton } from '@/components/ui/skeleton'
import { browserClient } from '@/lib/queries/client'
import { NOTICES, noticeListQuery, readNoticesMutation, unreadNoticesQuery } from '@/lib/queries/notices'

/** What is in the bell's panel. @param onLeave for what leads to a page */
export function NoticePanel({ onLeave }: { onLeave: () => void }) {
  const list = useInfiniteQuery(noticeListQuery(browserClient))
  // What is unread may stand below what has been loaded.
  const counted = useQuery(unreadNoticesQuery(browserClient))
  const queryClient = useQueryClient()
  const { submit, pending, error } = useSubmission()
  const notices = list.data?.pages.flatMap(({ data }) => data) ?? []
  const read = (ids?: string[]) =>
    submit(async () => {
      await readNoticesMutation(ids ? { ids } : {})
      await queryClient.invalidateQueries({ queryKey: NOTICES })
    })
  return (
    <>
      <div className="flex items-center justify-between gap-2 border-line border-b px-4 py-2">
        <p aria-hidden="true" className="font-semibold">
          Notices
        </p>
        <Button
          size="small"
          disabled={pending}
          reason={counted.data?.unread === 0 ? 'There is nothing new.' : undefined}
          onClick={() => void read()}
        >
          Mark all as read
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div tabIndex={0} className="min-h-0 overflow-y-auto" aria-busy={list.isPending}>
        {error !== null && <Failure error={error} />}
        {list.error && !list.data && <Failure error={list.error} onRetry={() => void list.refetch()} />}
        {list.isPending && (
          <div className="p-4">
            <Skeleton className="mb-2 w-64" />
            <Skeleton className="w-40" />
          </div>
        )}
        {list.data && notices.length === 0 && (
          <p className="p-4 text-muted">
            Nothing yet. You are told here of keys that expire, of what is done to keys, and of webhooks that stop.
          </p>
        )}
        {notices.length > 0 && (
          <ol aria-label="Notices">
            {notices.map((notice) => (
              <NoticeEntry
                key={notice.id}
                notice={notice}
                pending={pending}
                onRead={() => void read([notice.id])}
                onLeave={() => {
                  if (notice.read_at === null) void read([notice.id])
                  onLeave()
                }}
              />
            ))}
          </ol>
        )}
        {list.hasNextPage && (
          <div className="px-4 py-3">
            <Button size="small" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {list.isFetchingNextPage ? 'Loading…' : 'Show older'}
            </Button>
          </div>
        )}
      </div>
      <p className="border-line border-t px-4 py-2 text-sm">
        <PageLink href="/account#notices" className="text-accent hover:underline" onClick={onLeave}>
          What you are told, and how
        </PageLink>
      </p>
    </>
  )
}
