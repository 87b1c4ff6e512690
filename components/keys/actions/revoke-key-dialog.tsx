'use client'

import { useQueryClient } from '@tanstack/react-query'
import type { ActionDialogProps } from '@/components/keys/actions/key-action-dialogs'
import { RevocationFields } from '@/components/keys/actions/revocation-fields'
import { useRevocation } from '@/components/keys/actions/use-revocation'
import { KeyTraffic } from '@/components/keys/one-key/key-traffic'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog'
import { useToast } from '@/components/ui/toast'
import { keysOf, revokeKeyMutation } from '@/lib/queries/keys'

/** Makes a key unusable at once. Reversible, unless it is said to have leaked. */
export function RevokeKeyDialog({ org, item, open, onClose, returnFocus }: ActionDialogProps) {
  const queryClient = useQueryClient()
  const toast = useToast()
  const revocation = useRevocation()
  const { submit, pending, error } = revocation.submission

  const revoke = () =>
    submit(async () => {
      await revokeKeyMutation(org, item.id, revocation.body)
      await queryClient.invalidateQueries({ queryKey: keysOf(org) })
      toast(`Revoked “${item.name}”.`)
      onClose()
    })

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={`Revoke “${item.name}”?`}
      description={<code className="font-mono">{item.key_prefix}</code>}
      returnFocus={returnFocus}
    >
      <DialogBody>
        <p>From this moment every request with it is refused. {revocation.reversible}</p>
        <KeyTraffic org={org} item={item} />
        <RevocationFields revocation={revocation} />
        {error !== null && <Failure error={error} />}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="danger" disabled={pending || revocation.problem !== undefined} onClick={() => void revoke()}>
          {pending ? 'Revoking…' : 'Revoke key'}
        </Button>
      </DialogFooter>
    </Dialog>
  )
}
