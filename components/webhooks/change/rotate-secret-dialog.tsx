'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ChangeDialog } from '@/components/change/change-dialog'
import { useChange } from '@/components/change/use-change'
import { Choice } from '@/components/ui/choice'
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
export function RotateSecretDialog({ org, item, frame }: WebhookDialogProps) {
  const [overlap, setOverlap] = useState<(typeof OVERLAP_HOURS)[number]>(24)
  // Component state only.
  const [secret, setSecret] = useState<string | null>(null)
  const queryClient = useQueryClient()
  const change = useChange(async () => {
    setSecret((await rotateSecretMutation(org, item.id, { overlap_hours: overlap })).secret)
    await queryClient.invalidateQueries({ queryKey: webhooksOf(org) })
  })
  return (
    <ChangeDialog
      frame={frame}
      change={change}
      title={secret ? 'The new secret' : 'Rotate the signing secret?'}
      size="medium"
      keepOnOutsidePress
      action="Rotate secret"
      doing="Rotating…"
      result={secret && <SecretOnce secret={secret} onDone={() => frame.setOpen(false)} />}
    >
      <Choice
        label="The old secret signs beside the new one for"
        value={String(overlap)}
        options={OVERLAPS}
        onChange={(value) => setOverlap(OVERLAP_HOURS.find((hours) => String(hours) === value) ?? 0)}
        hint="Meanwhile a receiver can verify with either."
      />
    </ChangeDialog>
  )
}
