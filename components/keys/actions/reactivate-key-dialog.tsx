'use client'

import { ChangeDialog } from '@/components/change/change-dialog'
import { useChange } from '@/components/change/use-change'
import { useFinish } from '@/components/change/use-finish'
import type { ActionDialogProps } from '@/components/keys/actions/key-action-dialog'
import { untilPhrase } from '@/components/keys/create/expiry'
import { describeKey } from '@/components/keys/describe-key'
import { useCatalogue } from '@/components/providers/catalogue'
import { useNow } from '@/components/providers/now'
import { keysOf, reactivateKeyMutation } from '@/lib/queries/keys'

/** Makes a revoked key good again, with what it could do before. */
export function ReactivateKeyDialog({ org, item, frame }: ActionDialogProps) {
  const catalogue = useCatalogue()
  const now = useNow()
  const finish = useFinish(frame)
  const change = useChange(async () => {
    await reactivateKeyMutation(org, item.id)
    await finish(keysOf(org), `Reactivated “${item.name}”.`)
  })
  const until = untilPhrase(item.expires_at ? Date.parse(item.expires_at) : null, now)
  return (
    <ChangeDialog
      frame={frame}
      change={change}
      title={`Reactivate “${item.name}”?`}
      description={<code className="font-mono">{item.key_prefix}</code>}
      action="Reactivate key"
      doing="Reactivating…"
    >
      <p>Whoever has the key can use it again at once.</p>
      <p className="text-muted">{describeKey(catalogue, { ...item, until })}</p>
      {item.revoked_reason && <p className="break-words text-muted">It was revoked because: {item.revoked_reason}</p>}
    </ChangeDialog>
  )
}
