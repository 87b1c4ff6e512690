'use client'

import { useQueryClient } from '@tanstack/react-query'
import { ChangeDialog } from '@/components/change/change-dialog'
import { useChange } from '@/components/change/use-change'
import { useFinish } from '@/components/change/use-finish'
import type { WebhookDialogProps } from '@/components/webhooks/change/webhook-dialogs'
import { deleteWebhookMutation, webhooksOf } from '@/lib/queries/webhooks'

/** Removes a webhook with its log. */
export function DeleteWebhookDialog({ org, item, frame, onDeleted }: WebhookDialogProps & { onDeleted: () => void }) {
  const queryClient = useQueryClient()
  const finish = useFinish(frame)
  const change = useChange(async () => {
    await deleteWebhookMutation(org, item.id)
    onDeleted()
    queryClient.removeQueries({ queryKey: [...webhooksOf(org), 'one', item.id] })
    await finish(webhooksOf(org), 'Deleted the webhook.')
  })
  return (
    <ChangeDialog
      frame={frame}
      change={change}
      title="Delete the webhook?"
      description={item.url}
      action="Delete webhook"
      doing="Deleting…"
      danger
    >
      <p>Nothing more is sent there, and its log is gone. To stop it for a while, disable it.</p>
    </ChangeDialog>
  )
}
