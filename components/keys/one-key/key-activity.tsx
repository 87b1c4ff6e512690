'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { actionOf, actorOf, changesOf } from '@/components/keys/one-key/describe-event'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Facts } from '@/components/ui/facts'
import { Skeleton } from '@/components/ui/skeleton'
import { Time } from '@/components/ui/time'
import { browserClient } from '@/lib/queries/client'
import { keyHistoryQuery, type WireKeyEvent } from '@/lib/queries/keys'

/** Who has done what to the key, from where, and what it changed. */
export function KeyActivity({ org, id }: { org: string; id: string }) {
  const history = useInfiniteQuery(keyHistoryQuery(browserClient, org, id))
  if (history.error) return <Failure error={history.error} onRetry={() => void history.refetch()} />
  if (!history.data) {
    return (
      <div aria-busy="true">
        <Skeleton className="mb-2 w-64" />
        <Skeleton className="w-40" />
      </div>
    )
  }
  const events = history.data.pages.flatMap(({ data }) => data)
  if (events.length === 0) return <p className="text-muted">Nothing has been recorded about this key.</p>
  return (
    <div className="flex flex-col items-start gap-4">
      <ol aria-label="Activity" className="w-full">
        {events.map((event) => (
          <Event key={event.id} event={event} />
        ))}
      </ol>
      {history.hasNextPage && (
        <Button disabled={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
          {history.isFetchingNextPage ? 'Loading…' : 'Show older'}
        </Button>
      )}
    </div>
  )
}

function Event({ event }: { event: WireKeyEvent }) {
  const changes = changesOf(event)
  return (
    <li className="flex flex-col gap-1 border-line py-3 not-last:border-b">
      <p className="break-words">
        <span className="font-medium">{actorOf(event)}</span> {actionOf(event)}{' '}
        <span className="text-muted">
          <Time at={event.at} past />
          {event.address && ` from ${event.address}`}
        </span>
      </p>
      {event.reason && <p className="break-words">Reason: {event.reason}</p>}
      {changes.length > 0 && (
        <Facts
          look="compact"
          facts={changes.map(({ field, before, after }) => ({
            name: field,
            value: (
              <>
                {before !== null && (
                  <>
                    <del className="text-muted">{before}</del> <span aria-hidden="true">→</span>{' '}
                  </>
                )}
                {after}
              </>
            ),
          }))}
        />
      )}
    </li>
  )
}
