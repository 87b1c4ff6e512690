'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProofField } from '@/components/account/proof-field'
import { useProof } from '@/components/account/use-proof'
import { useSubmission } from '@/components/hooks/use-submission'
import { ENVIRONMENT_LABELS } from '@/components/keys/key-labels'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Choice } from '@/components/ui/choice'
import { Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog'
import { SecretOnce } from '@/components/webhooks/change/secret-once'
import { isBesideFields, WebhookFields, type WebhookForm, writeForm } from '@/components/webhooks/change/webhook-fields'
import { KEY_ENVIRONMENTS } from '@/lib/contracts/key-terms'
import { createWebhookMutation, type WireWebhookWithSecret, webhooksOf } from '@/lib/queries/webhooks'

const ENVIRONMENTS = KEY_ENVIRONMENTS.map((value) => ({ value, label: ENVIRONMENT_LABELS[value] }))

type Props = { org: string; open: boolean; onClose: () => void; returnFocus: () => HTMLElement | null }

/** Makes a webhook and shows its secret, this once. */
export function CreateWebhookDialog({ org, open, onClose, returnFocus }: Props) {
  const [form, setForm] = useState<WebhookForm>({ url: '', description: '', events: [] })
  const [environment, setEnvironment] = useState<(typeof KEY_ENVIRONMENTS)[number]>('live')
  // Component state only: with the secret anybody could write in our name.
  const [made, setMade] = useState<WireWebhookWithSecret | null>(null)
  const queryClient = useQueryClient()
  const { submit, pending, error } = useSubmission()
  const proof = useProof(() => void create())

  const create = () =>
    submit(() =>
      proof.run(async () => {
        setMade(await createWebhookMutation(org, { ...writeForm(form), environment }))
        await queryClient.invalidateQueries({ queryKey: webhooksOf(org) })
      }),
    )

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={made ? 'The webhook is ready' : 'Create a webhook'}
      size={made ? 'medium' : 'large'}
      keepOnOutsidePress
      returnFocus={returnFocus}
    >
      {made?.secret ? (
        <SecretOnce secret={made.secret} onDone={onClose} />
      ) : (
        <form
          noValidate
          className="flex min-h-0 flex-1 flex-col"
          onSubmit={(event) => {
            event.preventDefault()
            void create()
          }}
        >
          <DialogBody>
            <Choice
              label="Environment"
              value={environment}
              options={ENVIRONMENTS}
              onChange={setEnvironment}
              hint={environment === 'live' ? 'Events of live data.' : 'Events of the sandbox, which test keys change.'}
            />
            <WebhookFields value={form} onChange={setForm} error={error} />
            <ProofField proof={proof} />
            {error !== null && !isBesideFields(error) && <Failure error={error} />}
          </DialogBody>
          <DialogFooter>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" look="primary" disabled={pending}>
              {pending ? 'Creating…' : 'Create webhook'}
            </Button>
          </DialogFooter>
        </form>
      )}
    </Dialog>
  )
}
