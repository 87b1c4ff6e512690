'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { actorOf, changesOf } from '@/components/audit/describe-entry'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Facts } from '@/components/ui/facts'
import { PageLink } from '@/components/ui/page-link'
import { Skeleton } from '@/components/ui/skeleton'
import { Time } from '@/components/ui/time'
import { browserClient } from '@/lib/queries/client'
import { keyHistoryQuery, type WireKeyEvent } from '@/lib/queries/keys'

const ACTIONS: Record<string, string> = {
  'api_key.created': 'created the key',
  'api_key.updated': 'edited the key',
  'api_key.rotated': 'rotated the key',
  'api_key.revoked': 'revoked the key',
  'api_key.leak_noted': 'noted that the key leaked',
  'api_key.reactivated': 'reactivated the key',
  'api_key.expiring': 'tells that the key ends soon',
}

type Props = {
  org: string
  id: string
  /** Leads to what the key itself did, too; undefined for who may not read that. */
  log: string | undefined
}

/** Who has done what to the key, from where, and what it changed. */
export function KeyAudit({ org, id, log }: Props) {
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
      <ol aria-label="Audit" className="w-full">
        {events.map((event) => (
          <Event key={event.id} event={event} of={id} />
        ))}
      </ol>
      {history.hasNextPage && (
        <Button disabled={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
          {history.isFetchingNextPage ? 'Loading…' : 'Show older'}
        </Button>
      )}
      {log !== undefined && (
        <PageLink href={log} className="text-accent underline underline-offset-2">
          Everything about this key in the audit log
        </PageLink>
      )}
    </div>
  )
}

/** A rotation is about the key that it ends, and stands with the one that it made too. */
const done = ({ action, target }: WireKeyEvent, of: string): string =>
  action === 'api_key.rotated' && target.id !== of
    ? `made the key, as the successor of ${target.label}`
    : (ACTIONS[action] ?? action)

/** Of a rotation the id of the successor says no more than its prefix, and on its own tab neither does that. */
function shownOf({ action, before, after, target }: WireKeyEvent, of: string) {
  if (action !== 'api_key.rotated' || !after) return changesOf({ before, after })
  const { successor_id: _, successor, ...others } = after
  return changesOf({ before, after: target.id === of ? { successor, ...others } : others })
}

function Event({ event, of }: { event: WireKeyEvent; of: string }) {
  const changes = shownOf(event, of)
  return (
    <li className="flex flex-col gap-1 border-line py-3 not-last:border-b">
      <p className="break-words">
        <span className="font-medium">{actorOf(event)}</span> {done(event, of)}{' '}
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
                {before !== null && <del className="text-muted">{before}</del>}
                {before !== null && after !== null && <span aria-hidden="true"> → </span>}
                {after}
              </>
            ),
          }))}
        />
      )}
    </li>
  )
}
