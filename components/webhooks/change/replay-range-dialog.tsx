'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useSubmission } from '@/components/hooks/use-submission'
import { useNow } from '@/components/providers/now'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Choice } from '@/components/ui/choice'
import { Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog'
import { useToast } from '@/components/ui/toast'
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
export function ReplayRangeDialog({ org, item, open, onClose, returnFocus }: WebhookDialogProps) {
  const [span, setSpan] = useState<(typeof SPANS)[number]['value']>('24h')
  const [status, setStatus] = useState<(typeof STATUSES)[number]['value']>('failed')
  const queryClient = useQueryClient()
  const toast = useToast()
  const now = useNow()
  const { submit, pending, error } = useSubmission()

  const replay = () =>
    submit(async () => {
      const ms = SPANS.find(({ value }) => value === span)?.ms ?? HOUR_MS
      const after = new Date(now - ms).toISOString()
      const { replayed } = await replayRangeMutation(org, item.id, { after, status })
      await queryClient.invalidateQueries({ queryKey: webhooksOf(org) })
      toast(replayed === 0 ? 'There was nothing to send again.' : `Sending ${replayed} again.`)
      onClose()
    })

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Send events again?"
      description="Each has the id that it had, so that a receiver knows it."
      returnFocus={returnFocus}
    >
      <DialogBody>
        <Choice label="Of" value={span} options={SPANS} onChange={setSpan} />
        <Choice label="Those that" value={status} options={STATUSES} onChange={setStatus} />
        {error !== null && <Failure error={error} />}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" disabled={pending} onClick={() => void replay()}>
          {pending ? 'Sending…' : 'Send again'}
        </Button>
      </DialogFooter>
    </Dialog>
  )
}
