'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { ChangeDialog } from '@/components/change/change-dialog'
import { useFormChange } from '@/components/change/use-change'
import { useIsDirty } from '@/components/hooks/use-is-dirty'
import { ENVIRONMENT_LABELS } from '@/components/keys/key-labels'
import { Choice } from '@/components/ui/choice'
import type { DialogFrame } from '@/components/ui/dialog'
import { SecretOnce } from '@/components/webhooks/change/secret-once'
import { WebhookFields, type WebhookForm, webhookFieldOf, writeForm } from '@/components/webhooks/change/webhook-fields'
import { KEY_ENVIRONMENTS } from '@/lib/contracts/key-terms'
import { createWebhookMutation, webhooksOf } from '@/lib/queries/webhooks'

const ENVIRONMENTS = KEY_ENVIRONMENTS.map((value) => ({ value, label: ENVIRONMENT_LABELS[value] }))

/** Makes a webhook and shows its secret, this once. */
export function CreateWebhookDialog({ org, frame }: { org: string; frame: DialogFrame }) {
  const form = useForm<WebhookForm>({ defaultValues: { url: '', description: '', events: [] } })
  const [environment, setEnvironment] = useState<(typeof KEY_ENVIRONMENTS)[number]>('live')
  // Component state only: with the secret anybody could write in our name.
  const [secret, setSecret] = useState<string | null>(null)
  const queryClient = useQueryClient()
  const change = useFormChange(
    form,
    async (values) => {
      const made = await createWebhookMutation(org, { ...writeForm(values), environment })
      setSecret(made.secret)
      await queryClient.invalidateQueries({ queryKey: webhooksOf(org) })
    },
    webhookFieldOf,
  )
  return (
    <ChangeDialog
      frame={frame}
      change={change}
      title={secret ? 'The webhook is ready' : 'Create a webhook'}
      size={secret ? 'medium' : 'large'}
      keepOnOutsidePress
      action="Create webhook"
      doing="Creating…"
      isDirty={useIsDirty(form)}
      result={secret && <SecretOnce secret={secret} onDone={() => frame.setOpen(false)} />}
    >
      <Choice
        label="Environment"
        value={environment}
        options={ENVIRONMENTS}
        onChange={setEnvironment}
        hint={environment === 'live' ? 'Events of live data.' : 'Events of the sandbox, which test keys change.'}
      />
      <WebhookFields form={form} />
    </ChangeDialog>
  )
}
