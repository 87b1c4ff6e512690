'use client'

import { ChangeDialog } from '@/components/change/change-dialog'
import { useChange } from '@/components/change/use-change'
import { useFinish } from '@/components/change/use-finish'
import type { WebhookDialogProps } from '@/components/webhooks/change/webhook-dialogs'
import { updateWebhookMutation, webhooksOf } from '@/lib/queries/webhooks'

const ENABLE = {
  action: 'Enable',
  doing: 'Enabling…',
  done: 'Enabled the webhook.',
  meaning: 'What happens from now on is sent, and what was waiting at once.',
}
const DISABLE = {
  action: 'Disable',
  doing: 'Disabling…',
  done: 'Disabled the webhook.',
  meaning:
    'Nothing more is sent. What happens meanwhile is not sent later either; what waits already is, once it is enabled again.',
}

/** Enables a webhook that is disabled, and the other way round. */
export function SwitchWebhookDialog({ org, item, frame }: WebhookDialogProps) {
  const { action, doing, done, meaning } = item.enabled ? DISABLE : ENABLE
  const finish = useFinish(frame)
  const change = useChange(async () => {
    await updateWebhookMutation(org, item.id, { enabled: !item.enabled })
    await finish(webhooksOf(org), done)
  })
  return (
    <ChangeDialog {...{ frame, change, action, doing }} title={`${action} the webhook?`} danger={item.enabled}>
      <p>{meaning}</p>
    </ChangeDialog>
  )
}
