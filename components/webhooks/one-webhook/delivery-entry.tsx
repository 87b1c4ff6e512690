'use client'

import { ChevronRight } from 'lucide-react'
import { useId } from 'react'
import { Time } from '@/components/ui/time'
import { DeliveryAttempts } from '@/components/webhooks/one-webhook/delivery-attempts'
import { DELIVERY_LABELS } from '@/components/webhooks/webhook-labels'
import type { WireDelivery } from '@/lib/queries/webhooks'

type Props = {
  org: string
  webhook: string
  item: WireDelivery
  notReplay: string | undefined
  shown: boolean
  onShow: (shown: boolean) => void
}

/** A delivery in a line, which opens. */
export function DeliveryEntry({ org, webhook, item, notReplay, shown, onShow }: Props) {
  const id = useId()
  return (
    <li className="border-line border-b">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
        <button
          type="button"
          aria-expanded={shown}
          aria-controls={id}
          onClick={() => onShow(!shown)}
          className="inline-flex min-h-6 min-w-0 cursor-pointer items-center gap-1.5 hover:underline"
        >
          <ChevronRight size={14} aria-hidden="true" className={shown ? 'rotate-90' : ''} />
          <code className="min-w-0 break-all text-left font-mono text-sm">{item.type}</code>
        </button>
        <span className={item.status === 'failed' ? 'text-danger' : ''}>{DELIVERY_LABELS[item.status]}</span>
        <span className="text-muted">
          {item.attempts === 1 ? '1 attempt' : `${item.attempts} attempts`}
          {item.status === 'pending' && item.attempts > 0 && item.next_attempt_at && (
            <>
              , next <Time at={item.next_attempt_at} />
            </>
          )}
        </span>
        <span className="text-muted sm:ml-auto">
          <Time at={item.created_at} past />
        </span>
      </div>
      <div id={id}>{shown && <DeliveryAttempts org={org} webhook={webhook} item={item} notReplay={notReplay} />}</div>
    </li>
  )
}
