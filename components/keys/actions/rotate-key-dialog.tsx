'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProofField } from '@/components/account/proof-field'
import { useProof } from '@/components/account/use-proof'
import { useSubmission } from '@/components/hooks/use-submission'
import type { ActionDialogProps } from '@/components/keys/actions/key-action-dialogs'
import { type Expiry, expiryFields, expiryProblem, sameExpiry } from '@/components/keys/create/expiry'
import { ExpiryPicker } from '@/components/keys/create/expiry-picker'
import { NewKey, UNSEEN_TITLE } from '@/components/keys/reveal/new-key'
import { useMakeOnce } from '@/components/keys/reveal/use-make-once'
import { useNewKey } from '@/components/keys/reveal/use-new-key'
import { PolicyHint } from '@/components/policy/policy-hint'
import { useNow } from '@/components/providers/now'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Choice } from '@/components/ui/choice'
import { Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog'
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

/** Makes a successor with a new secret, and lets the old key live for a grace. */
export function RotateKeyDialog({ org, item, open, onClose, returnFocus }: ActionDialogProps) {
  const [grace, setGrace] = useState<(typeof GRACE_HOURS)[number]>(24)
  const { data: policy = NO_POLICY } = useQuery(policyQuery(browserClient, org))
  const [expiry, setExpiry] = useState<Expiry>({ choice: sameExpiry(item, policy), at: '' })
  const queryClient = useQueryClient()
  const now = useNow()
  const { submit, pending, error } = useSubmission()
  const proof = useProof(() => void rotate())
  const newKey = useNewKey(onClose)
  const { make } = useMakeOnce((body: RotateKeyBody, once) => rotateKeyMutation(org, item.id, body, once))
  const problem = expiryProblem(expiry, now, policy)
  const ownEnd = item.expires_at ? Date.parse(item.expires_at) : Number.POSITIVE_INFINITY
  const graceEnd = Math.min(now + grace * HOUR_MS, ownEnd)

  const rotate = () =>
    submit(() =>
      proof.run(async () => {
        await newKey.make(() => make({ grace_hours: grace, ...expiryFields(expiry) }))
        await queryClient.invalidateQueries({ queryKey: keysOf(org) })
      }),
    )

  const { created, unseen } = newKey
  const ownTitle = unseen ? UNSEEN_TITLE : `Rotate “${item.name}”?`
  return (
    <Dialog
      open={open}
      onClose={(details) => newKey.close(details, () => (pending ? details.cancel() : onClose()))}
      title={created ? `The new key of “${item.name}”` : ownTitle}
      description={
        created || unseen
          ? undefined
          : 'Makes a new key with the same name, permissions, allowlist and limit, and a new secret.'
      }
      size="medium"
      keepOnOutsidePress
      returnFocus={returnFocus}
    >
      <NewKey org={org} newKey={newKey}>
        <DialogBody>
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
          <ExpiryPicker value={expiry} rule={policy} onChange={setExpiry} error={problem ?? undefined} />
          <ProofField proof={proof} />
          {error !== null && <Failure error={error} />}
        </DialogBody>
        <DialogFooter>
          <Button disabled={pending} onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" disabled={pending || problem !== null} onClick={() => void rotate()}>
            {pending ? 'Rotating…' : 'Rotate key'}
          </Button>
        </DialogFooter>
      </NewKey>
    </Dialog>
  )
}
