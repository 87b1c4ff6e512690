'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProofField } from '@/components/account/proof-field'
import { useProof } from '@/components/account/use-proof'
import { useSubmission } from '@/components/hooks/use-submission'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Choice } from '@/components/ui/choice'
import { Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog'
import { SecretOnce } from '@/components/webhooks/change/secret-once'
import type { WebhookDialogProps } from '@/components/webhooks/change/webhook-dialogs'
import { rotateSecretMutation, webhooksOf } from '@/lib/queries/webhooks'
import { OVERLAP_HOURS } from '@/lib/work/webhooks/contract'

const LABELS: Record<(typeof OVERLAP_HOURS)[number], string> = {
  0: 'Not at all',
  1: '1 hour',
  24: '24 hours',
  168: '7 days',
}
const OVERLAPS = OVERLAP_HOURS.map((hours) => ({ value: String(hours), label: LABELS[hours] }))

/** Makes a new secret and shows it, this once. */
export function RotateSecretDialog({ org, item, open, onClose, returnFocus }: WebhookDialogProps) {
  const [overlap, setOverlap] = useState<(typeof OVERLAP_HOURS)[number]>(24)
  // Component state only.
  const [secret, setSecret] = useState<string | null>(null)
  const queryClient = useQueryClient()
  const { submit, pending, error } = useSubmission()
  const proof = useProof(() => void rotate())

  const rotate = () =>
    submit(() =>
      proof.run(async () => {
        setSecret((await rotateSecretMutation(org, item.id, { overlap_hours: overlap })).secret)
        await queryClient.invalidateQueries({ queryKey: webhooksOf(org) })
      }),
    )

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={secret ? 'The new secret' : 'Rotate the signing secret?'}
      size="medium"
      keepOnOutsidePress
      returnFocus={returnFocus}
    >
      {secret ? (
        <SecretOnce secret={secret} onDone={onClose} />
      ) : (
        <>
          <DialogBody>
            <Choice
              label="The old secret signs beside the new one for"
              value={String(overlap)}
              options={OVERLAPS}
              onChange={(value) => setOverlap(OVERLAP_HOURS.find((hours) => String(hours) === value) ?? 0)}
              hint="Meanwhile a receiver can verify with either."
            />
            <ProofField proof={proof} />
            {error !== null && <Failure error={error} />}
          </DialogBody>
          <DialogFooter>
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" disabled={pending} onClick={() => void rotate()}>
              {pending ? 'Rotating…' : 'Rotate secret'}
            </Button>
          </DialogFooter>
        </>
      )}
    </Dialog>
  )
}
