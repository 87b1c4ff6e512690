'use client'

import { useState } from 'react'
import { ChangeDialog } from '@/components/change/change-dialog'
import { useChange } from '@/components/change/use-change'
import { useFinish } from '@/components/change/use-finish'
import { useNow } from '@/components/providers/now'
import { Choice } from '@/components/ui/choice'
import type { WebhookDialogProps } from '@/components/webhooks/change/webhook-dialogs'
import { DAY_MS, HOUR_MS } from '@/lib/base/time'
import { replayRangeMutation, webhooksOf } from '@/lib/queries/webhooks'

const SPANS = [
  { value: '1h', label: 'The last hour', ms: HOUR_MS },
  { value: '24h', label: 'The last 24 hours', ms: DAY_MS },
  { value: '7d', label: 'The last 7 days', ms: 7 * DAY_MS },
] as const

const STATUSES = [
  { value: 'failed', label: 'Failed' },
  { value: 'delivered', label: 'Delivered' },
] as const

/** Sends a span of time again. */
export function ReplayRangeDialog({ org, item, frame }: WebhookDialogProps) {
  const [span, setSpan] = useState<(typeof SPANS)[number]['value']>('24h')
  const [status, setStatus] = useState<(typeof STATUSES)[number]['value']>('failed')
  const finish = useFinish(frame)
  const now = useNow()
  const change = useChange(async () => {
    const ms = SPANS.find(({ value }) => value === span)?.ms ?? HOUR_MS
    const after = new Date(now - ms).toISOString()
    const { replayed } = await replayRangeMutation(org, item.id, { after, status })
    await finish(webhooksOf(org), replayed === 0 ? 'There was nothing to send again.' : `Sending ${replayed} again.`)
  })
  return (
    <ChangeDialog
      frame={frame}
      change={change}
      title="Send events again?"
      description="Each has the id that it had, so that a receiver knows it."
      action="Send again"
      doing="Sending…"
    >
      <Choice label="Of" value={span} options={SPANS} onChange={setSpan} />
      <Choice label="Those that" value={status} options={STATUSES} onChange={setStatus} />
    </ChangeDialog>
  )
}
