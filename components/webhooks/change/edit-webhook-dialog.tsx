'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProofField } from '@/components/account/proof-field'
import { useProof } from '@/components/account/use-proof'
import { useSubmission } from '@/components/hooks/use-submission'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog'
import type { WebhookDialogProps } from '@/components/webhooks/change/webhook-dialogs'
import { isBesideFields, WebhookFields, type WebhookForm, writeForm } from '@/components/webhooks/change/webhook-fields'
import { updateWebhookMutation, webhooksOf } from '@/lib/queries/webhooks'

/** Changes where events go, and which. */
export function EditWebhookDialog({ org, item, open, onClose, returnFocus }: WebhookDialogProps) {
  const [form, setForm] = useState<WebhookForm>({
    url: item.url,
    description: item.description ?? '',
    events: item.events,
  })
  const queryClient = useQueryClient()
  const { submit, pending, error } = useSubmission()
  const proof = useProof(() => void save())

  const save = () =>
    submit(() =>
      proof.run(async () => {
        await updateWebhookMutation(org, item.id, writeForm(form))
        await queryClient.invalidateQueries({ queryKey: webhooksOf(org) })
        onClose()
      }),
    )

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Edit the webhook"
      description="What waits is sent to the address as it is then."
      size="large"
      keepOnOutsidePress
      returnFocus={returnFocus}
    >
      <form
        noValidate
        className="flex min-h-0 flex-1 flex-col"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <DialogBody>
          <WebhookFields value={form} onChange={setForm} error={error} />
          <ProofField proof={proof} />
          {error !== null && !isBesideFields(error) && <Failure error={error} />}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={pending}>
            {pending ? 'Saving…' : 'Save'}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}
