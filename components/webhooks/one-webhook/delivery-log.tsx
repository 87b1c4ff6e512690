'use client'

import { useQuery } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { useState } from 'react'
import { useCursorPages } from '@/components/hooks/use-cursor-pages'
import { ListFailure } from '@/components/shell/list-failure'
import { Button } from '@/components/ui/button'
import { ListBody } from '@/components/ui/list-body'
import { Pager } from '@/components/ui/pager'
import { Select } from '@/components/ui/select'
import { Skeleton } from '@/components/ui/skeleton'
import { DeliveryEntry } from '@/components/webhooks/one-webhook/delivery-entry'
import { DELIVERY_LABELS } from '@/components/webhooks/webhook-labels'
import { browserClient } from '@/lib/queries/client'
import { DELIVERY_STATUSES, deliveryListQuery, deliverySearchParsers, type WireWebhook } from '@/lib/queries/webhooks'

const OPTIONS = [
  { value: 'any', label: 'All' },
  ...DELIVERY_STATUSES.map((value) => ({ value, label: DELIVERY_LABELS[value] })),
] as const

type Props = {
  org: string
  item: WireWebhook
  forbidden: string | undefined
  onReplayRange: (trigger: HTMLElement) => void
}

/** What was sent to a webhook and is to be, the newest first; one of them opened with its attempts. */
export function DeliveryLog({ org, item, forbidden, onReplayRange }: Props) {
  const [search, setSearch] = useQueryStates(deliverySearchParsers, { history: 'push' })
  const list = useQuery(deliveryListQuery(browserClient, org, item.id, search))
  const [shown, setShown] = useState<string | null>(null)
  const page = list.data
  const pages = useCursorPages(search.cursor, page?.next_cursor, (cursor) => void setSearch({ cursor }))
  const notReplay = forbidden ?? (item.enabled ? undefined : 'Enable it first.')
  const empty = page?.data.length === 0
  return (
    <section aria-labelledby="log" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="log" className="font-semibold text-lg">
          Log
        </h2>
        <div className="flex flex-wrap gap-2">
          <Select
            label="Show"
            value={search.status ?? 'any'}
            options={OPTIONS}
            onChange={(value) => {
              pages.forget()
              void setSearch({ status: value === 'any' ? null : value, cursor: null })
            }}
          />
          <Button reason={notReplay} onClick={(event) => onReplayRange(event.currentTarget)}>
            Send again…
          </Button>
        </div>
      </div>
      {list.error && <ListFailure error={list.error} onRetry={() => void list.refetch()} onFirst={pages.toFirst} />}
      {list.isPending && <Skeleton className="w-72" />}
      {empty && (
        <p className="py-6 text-muted">
          {search.status ? `None is ${DELIVERY_LABELS[search.status].toLowerCase()}.` : 'Nothing has been sent yet.'}
        </p>
      )}
      {page && !empty && (
        <ListBody top={pages.top} waiting={list.isPlaceholderData}>
          <ul aria-label="Deliveries" className="border-line border-t">
            {page.data.map((delivery) => (
              <DeliveryEntry
                key={delivery.id}
                org={org}
                webhook={item.id}
                item={delivery}
                notReplay={notReplay}
                shown={shown === delivery.id}
                onShow={(show) => setShown(show ? delivery.id : null)}
              />
            ))}
          </ul>
          <Pager {...pages.pager} />
        </ListBody>
      )}
    </section>
  )
}
