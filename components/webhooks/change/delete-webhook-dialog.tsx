'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useSubmission } from '@/components/hooks/use-submission'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog'
import { useToast } from '@/components/ui/toast'
import type { WebhookDialogProps } from '@/components/webhooks/change/webhook-dialogs'
import { deleteWebhookMutation, webhooksOf } from '@/lib/queries/webhooks'

/** Removes a webhook with its log. */
export function DeleteWebhookDialog({
  org,
  item,
  open,
  onClose,
  returnFocus,
  onDeleted,
}: WebhookDialogProps & { onDeleted: () => void }) {
  const queryClient = useQueryClient()
  const toast = useToast()
  const { submit, pending, error } = useSubmission()

  const remove = () =>
    submit(async () => {
      await deleteWebhookMutation(org, item.id)
      onDeleted()
      queryClient.removeQueries({ queryKey: [...webhooksOf(org), 'one', item.id] })
      await queryClient.invalidateQueries({ queryKey: webhooksOf(org) })
      toast('Deleted the webhook.')
      onClose()
    })

  return (
    <Dialog open={open} onClose={onClose} title="Delete the webhook?" description={item.url} returnFocus={returnFocus}>
      <DialogBody>
        <p>Nothing more is sent there, and its log is gone. To stop it for a while, disable it.</p>
        {error !== null && <Failure error={error} />}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="danger" disabled={pending} onClick={() => void remove()}>
          {pending ? 'Deleting…' : 'Delete webhook'}
        </Button>
      </DialogFooter>
    </Dialog>
  )
}
