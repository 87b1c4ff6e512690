'use client'

import { useQueryClient } from '@tanstack/react-query'
import { ProofField } from '@/components/account/proof-field'
import { useProof } from '@/components/account/use-proof'
import { useSubmission } from '@/components/hooks/use-submission'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog'
import type { WebhookDialogProps } from '@/components/webhooks/change/webhook-dialogs'
import { updateWebhookMutation, webhooksOf } from '@/lib/queries/webhooks'

/** Enables a webhook that is disabled, and the other way round. */
export function SwitchWebhookDialog({ org, item, open, onClose, returnFocus }: WebhookDialogProps) {
  const queryClient = useQueryClient()
  const { submit, pending, error } = useSubmission()
  const proof = useProof(() => void change())
  const word = item.enabled ? 'Disable' : 'Enable'

  const change = () =>
    submit(() =>
      proof.run(async () => {
        await updateWebhookMutation(org, item.id, { enabled: !item.enabled })
        onClose()
        await queryClient.invalidateQueries({ queryKey: webhooksOf(org) })
      }),
    )

  return (
    <Dialog open={open} onClose={onClose} title={`${word} the webhook?`} returnFocus={returnFocus}>
      <DialogBody>
        <p>
          {item.enabled
            ? 'Nothing more is sent. What happens meanwhile is not sent later either; what waits already is, once it is enabled again.'
            : 'What happens from now on is sent, and what was waiting at once.'}
        </p>
        <ProofField proof={proof} />
        {error !== null && <Failure error={error} />}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button look={item.enabled ? 'danger' : 'primary'} disabled={pending} onClick={() => void change()}>
          {word}
        </Button>
      </DialogFooter>
    </Dialog>
  )
}
