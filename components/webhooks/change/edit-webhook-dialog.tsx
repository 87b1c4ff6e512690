'use client'

import { useForm } from 'react-hook-form'
import { ChangeDialog } from '@/components/change/change-dialog'
import { useFormChange } from '@/components/change/use-change'
import { useFinish } from '@/components/change/use-finish'
import { useIsDirty } from '@/components/hooks/use-is-dirty'
import type { WebhookDialogProps } from '@/components/webhooks/change/webhook-dialogs'
import { WebhookFields, type WebhookForm, webhookFieldOf, writeForm } from '@/components/webhooks/change/webhook-fields'
import { updateWebhookMutation, webhooksOf } from '@/lib/queries/webhooks'

/** Changes where events go, and which. */
export function EditWebhookDialog({ org, item, frame }: WebhookDialogProps) {
  const form = useForm<WebhookForm>({
    defaultValues: { url: item.url, description: item.description ?? '', events: item.events },
  })
  const finish = useFinish(frame)
  const change = useFormChange(
    form,
    async (values) => {
      await updateWebhookMutation(org, item.id, writeForm(values))
      await finish(webhooksOf(org), 'Changed the webhook.')
    },
    webhookFieldOf,
  )
  return (
    <ChangeDialog
      frame={frame}
      change={change}
      title="Edit the webhook"
      description="What waits is sent to the address as it is then."
      size="large"
      keepOnOutsidePress
      action="Save"
      doing="Saving…"
      isDirty={useIsDirty(form)}
    >
      <WebhookFields form={form} />
    </ChangeDialog>
  )
}
