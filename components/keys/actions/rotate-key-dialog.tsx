'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ChangeDialog } from '@/components/change/change-dialog'
import { useChange } from '@/components/change/use-change'
import type { ActionDialogProps } from '@/components/keys/actions/key-action-dialog'
import { type Expiry, expiryFields, expiryProblem, sameExpiry } from '@/components/keys/create/expiry'
import { ExpiryPicker } from '@/components/keys/create/expiry-picker'
import { newKeyResult, UNSEEN_TITLE } from '@/components/keys/reveal/new-key'
import { useMakeOnce } from '@/components/keys/reveal/use-make-once'
import { useNewKey } from '@/components/keys/reveal/use-new-key'
import { PolicyHint } from '@/components/policy/policy-hint'
import { useNow } from '@/components/providers/now'
import { Choice } from '@/components/ui/choice'
import { exactTime } from '@/components/ui/instant'
import { HOUR_MS } from '@/lib/base/time'
import { GRACE_HOURS } from '@/lib/keys/contract'
import { NO_POLICY } from '@/lib/keys/policy/contract'
import { browserClient } from '@/lib/queries/client'
import { keysOf, type RotateKeyBody, rotateKeyMutation } from '@/lib/queries/keys'
import { policyQuery } from '@/lib/queries/policy'

const GRACE_LABELS: Record<(typeof GRACE_HOURS)[number], string> = {
  0: 'None: stop now',
  1: '1 hour',
  24: '24 hours',
  168: '7 days',
}
const GRACES = GRACE_HOURS.map((hours) => ({ value: String(hours), label: GRACE_LABELS[hours] }))

const USUAL_GRACE = 24

/** Makes a successor with a new secret, and lets the old key live for a grace. */
export function RotateKeyDialog({ org, item, frame }: ActionDialogProps) {
  const [grace, setGrace] = useState<(typeof GRACE_HOURS)[number]>(USUAL_GRACE)
  const { data: policy = NO_POLICY } = useQuery(policyQuery(browserClient, org))
  const [offered] = useState<Expiry>({ choice: sameExpiry(item, policy), at: '' })
  const [expiry, setExpiry] = useState(offered)
  const queryClient = useQueryClient()
  const now = useNow()
  const newKey = useNewKey(() => frame.setOpen(false))
  const { make } = useMakeOnce((body: RotateKeyBody, once) => rotateKeyMutation(org, item.id, body, once))
  const change = useChange(async () => {
    await newKey.make(() => make({ grace_hours: grace, ...expiryFields(expiry) }))
    await queryClient.invalidateQueries({ queryKey: keysOf(org) })
  })
  const problem = expiryProblem(expiry, now, policy) ?? undefined
  const ownEnd = item.expires_at ? Date.parse(item.expires_at) : Number.POSITIVE_INFINITY
  const graceEnd = Math.min(now + grace * HOUR_MS, ownEnd)
  const { created, unseen } = newKey
  const ownTitle = unseen ? UNSEEN_TITLE : `Rotate “${item.name}”?`
  return (
    <ChangeDialog
      frame={frame}
      change={change}
      title={created ? `The new key of “${item.name}”` : ownTitle}
      description={
        created || unseen
          ? undefined
          : 'Makes a new key with the same name, permissions, allowlist and limit, and a new secret.'
      }
      size="medium"
      keepOnOutsidePress
      action="Rotate key"
      doing="Rotating…"
      reason={problem}
      isDirty={() => grace !== USUAL_GRACE || expiry.choice !== offered.choice}
      result={newKeyResult(org, newKey)}
      guard={newKey.close}
    >
      <Choice
        label="The old key goes on for"
        value={String(grace)}
        options={GRACES}
        onChange={(value) => setGrace(GRACE_HOURS.find((hours) => String(hours) === value) ?? 0)}
        hint={
          grace === 0
            ? 'The old key is refused from this moment.'
            : `The old key is refused from ${exactTime(graceEnd)}.`
        }
      />
      <PolicyHint org={org} />
      <ExpiryPicker value={expiry} rule={policy} onChange={setExpiry} error={problem} />
    </ChangeDialog>
  )
}
