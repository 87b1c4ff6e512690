'use client'

import { useQueryClient } from '@tanstack/react-query'
import type { RefObject } from 'react'
import { useSubmission } from '@/components/hooks/use-submission'
import { ENVIRONMENT_LABELS } from '@/components/keys/key-labels'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { useToast } from '@/components/ui/toast'
import type { WebhookAction } from '@/components/webhooks/change/webhook-dialogs'
import { webhookState } from '@/components/webhooks/webhook-labels'
import { sendTestMutation, type WireWebhook, webhooksOf } from '@/lib/queries/webhooks'

type Props = {
  org: string
  item: WireWebhook
  forbidden: string | undefined
  heading: RefObject<HTMLHeadingElement | null>
  onAction: (action: WebhookAction, trigger: HTMLElement) => void
}

/** Which webhook this is, in what state, and what can be done with it. */
export function WebhookHeader({ org, item, forbidden, heading, onAction }: Props) {
  const queryClient = useQueryClient()
  const toast = useToast()
  const { submit, pending, error } = useSubmission()
  const actions: { action: WebhookAction; label: string }[] = [
    { action: 'edit', label: 'Edit' },
    { action: 'switch', label: item.enabled ? 'Disable' : 'Enable' },
    { action: 'rotate', label: 'Rotate secret' },
    { action: 'delete', label: 'Delete' },
  ]

  const test = () =>
    submit(async () => {
      await sendTestMutation(org, item.id)
      await queryClient.invalidateQueries({ queryKey: webhooksOf(org) })
      toast('A test event is on its way.')
    })

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h1 ref={heading} tabIndex={-1} className="font-semibold text-xl outline-none wrap-anywhere">
            {item.url}
          </h1>
          <p className="flex flex-wrap items-center gap-x-3 text-muted">
            <span>{ENVIRONMENT_LABELS[item.environment]}</span>
            <span className="text-ink">{webhookState(item)}</span>
            {item.description && <span className="wrap-anywhere">{item.description}</span>}
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button
            look="primary"
            disabled={pending}
            reason={forbidden ?? (item.enabled ? undefined : 'Enable it first.')}
            onClick={() => void test()}
          >
            Send test event
          </Button>
          {actions.map(({ action, label }) => (
            <Button key={action} reason={forbidden} onClick={(event) => onAction(action, event.currentTarget)}>
              {label}
            </Button>
          ))}
        </div>
      </div>
      {error !== null && <Failure error={error} />}
    </div>
  )
}
