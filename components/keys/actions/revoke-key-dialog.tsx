'use client'

import { ChangeDialog } from '@/components/change/change-dialog'
import { useChange } from '@/components/change/use-change'
import { useFinish } from '@/components/change/use-finish'
import type { ActionDialogProps } from '@/components/keys/actions/key-action-dialog'
import { RevocationFields } from '@/components/keys/actions/revocation-fields'
import { useRevocation } from '@/components/keys/actions/use-revocation'
import { KeyTraffic } from '@/components/keys/one-key/key-traffic'
import { keysOf, revokeKeyMutation } from '@/lib/queries/keys'

/** Makes a key unusable at once. Reversible, unless it is said to have leaked. */
export function RevokeKeyDialog({ org, item, frame }: ActionDialogProps) {
  const revocation = useRevocation()
  const finish = useFinish(frame)
  const change = useChange(async () => {
    await revokeKeyMutation(org, item.id, revocation.body)
    await finish(keysOf(org), `Revoked “${item.name}”.`)
  })
  return (
    <ChangeDialog
      frame={frame}
      change={change}
      title={`Revoke “${item.name}”?`}
      description={<code className="font-mono">{item.key_prefix}</code>}
      action="Revoke key"
      doing="Revoking…"
      danger
      reason={revocation.problem}
      isDirty={revocation.isDirty}
    >
      <p>From this moment every request with it is refused. {revocation.reversible}</p>
      <KeyTraffic org={org} item={item} />
      <RevocationFields revocation={revocation} />
    </ChangeDialog>
  )
}
