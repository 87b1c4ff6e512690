'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProofField } from '@/components/account/proof-field'
import { useProof } from '@/components/account/use-proof'
import { useSubmission } from '@/components/hooks/use-submission'
import type { ActionDialogProps } from '@/components/keys/actions/key-action-dialogs'
import { KeyTraffic } from '@/components/keys/one-key/key-traffic'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { useToast } from '@/components/ui/toast'
import { deleteKeyMutation, keysOf } from '@/lib/queries/keys'

const WORKING = ['active', 'expiring', 'retiring']

/** Removes a key for good, after its name has been typed. */
export function DeleteKeyDialog({
  org,
  item,
  open,
  onClose,
  returnFocus,
  onDeleted,
}: ActionDialogProps & { onDeleted?: () => void }) {
  const [typed, setTyped] = useState('')
  const queryClient = useQueryClient()
  const toast = useToast()
  const { submit, pending, error } = useSubmission()
  const proof = useProof(() => void remove())
  const matches = typed.trim() === item.name

  const remove = () =>
    submit(() =>
      proof.run(async () => {
        await deleteKeyMutation(org, item.id)
        onDeleted?.()
        queryClient.removeQueries({ queryKey: [...keysOf(org), 'one', item.id] })
        await queryClient.invalidateQueries({ queryKey: keysOf(org) })
        toast(`Deleted “${item.name}”.`)
        onClose()
      }),
    )

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={`Delete “${item.name}”?`}
      description={<code className="font-mono">{item.key_prefix}</code>}
      returnFocus={returnFocus}
    >
      <form
        noValidate
        className="flex min-h-0 flex-1 flex-col"
        onSubmit={(event) => {
          event.preventDefault()
          if (matches) void remove()
        }}
      >
        <DialogBody>
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
          <ProofField proof={proof} />
          {error !== null && <Failure error={error} />}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            look="danger"
            disabled={pending}
            reason={matches ? undefined : 'Type the name of the key first.'}
          >
            {pending ? 'Deleting…' : 'Delete key'}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}
