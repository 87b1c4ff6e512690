'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ChangeDialog } from '@/components/change/change-dialog'
import { useChange } from '@/components/change/use-change'
import { useFinish } from '@/components/change/use-finish'
import type { ActionDialogProps } from '@/components/keys/actions/key-action-dialog'
import { KeyTraffic } from '@/components/keys/one-key/key-traffic'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { deleteKeyMutation, keysOf } from '@/lib/queries/keys'

const WORKING = ['active', 'expiring', 'retiring']

/** Removes a key for good, after its name has been typed. */
export function DeleteKeyDialog({ org, item, frame, onDeleted }: ActionDialogProps & { onDeleted?: () => void }) {
  const [typed, setTyped] = useState('')
  const queryClient = useQueryClient()
  const finish = useFinish(frame)
  const change = useChange(async () => {
    await deleteKeyMutation(org, item.id)
    onDeleted?.()
    queryClient.removeQueries({ queryKey: [...keysOf(org), 'one', item.id] })
    await finish(keysOf(org), `Deleted “${item.name}”.`)
  })
  return (
    <ChangeDialog
      frame={frame}
      change={change}
      title={`Delete “${item.name}”?`}
      description={<code className="font-mono">{item.key_prefix}</code>}
      action="Delete key"
      doing="Deleting…"
      danger
      reason={typed.trim() === item.name ? undefined : 'Type the name of the key first.'}
    >
      <p>It is removed for good and cannot be brought back. Entries of the audit log stay.</p>
      {WORKING.includes(item.status) && (
        <Notice look="warning" title="When in doubt, revoke it first.">
          <p>Revoking stops it just as well, and can be undone.</p>
        </Notice>
      )}
      <KeyTraffic org={org} item={item} />
      <Field label={<>Type the key's name to delete it: {item.name}</>}>
        {(control) => (
          <Input
            {...control}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
    </ChangeDialog>
  )
}
