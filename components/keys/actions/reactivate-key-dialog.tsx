'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useSubmission } from '@/components/hooks/use-submission'
import type { ActionDialogProps } from '@/components/keys/actions/key-action-dialogs'
import { untilPhrase } from '@/components/keys/create/expiry'
import { describeKey } from '@/components/keys/describe-key'
import { useCatalogue } from '@/components/providers/catalogue'
import { useNow } from '@/components/providers/now'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog'
import { useToast } from '@/components/ui/toast'
import { keysOf, reactivateKeyMutation } from '@/lib/queries/keys'

/** Makes a revoked key good again, with what it could do before. */
export function ReactivateKeyDialog({ org, item, open, onClose, returnFocus }: ActionDialogProps) {
  const queryClient = useQueryClient()
  const catalogue = useCatalogue()
  const now = useNow()
  const toast = useToast()
  const { submit, pending, error } = useSubmission()

  const reactivate = () =>
    submit(async () => {
      await reactivateKeyMutation(org, item.id)
      await queryClient.invalidateQueries({ queryKey: keysOf(org) })
      toast(`Reactivated “${item.name}”.`)
      onClose()
    })

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={`Reactivate “${item.name}”?`}
      description={<code className="font-mono">{item.key_prefix}</code>}
      returnFocus={returnFocus}
    >
      <DialogBody>
        <p>Whoever has the key can use it again at once.</p>
        <p className="text-muted">
          {describeKey(catalogue, {
            ...item,
            until: untilPhrase(item.expires_at ? Date.parse(item.expires_at) : null, now),
          })}
        </p>
        {item.revoked_reason && <p className="break-words text-muted">It was revoked because: {item.revoked_reason}</p>}
        {error !== null && <Failure error={error} />}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" disabled={pending} onClick={() => void reactivate()}>
          {pending ? 'Reactivating…' : 'Reactivate key'}
        </Button>
      </DialogFooter>
    </Dialog>
  )
}
