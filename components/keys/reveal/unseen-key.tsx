'use client'

import { useQueryClient } from '@tanstack/react-query'
import { ProofField } from '@/components/account/proof-field'
import { useProof } from '@/components/account/use-proof'
import { useSubmission } from '@/components/hooks/use-submission'
import { useMakeOnce } from '@/components/keys/reveal/use-make-once'
import type { NewKeyState } from '@/components/keys/reveal/use-new-key'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { DialogBody, DialogFooter } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { keysOf, type RotateKeyBody, rotateKeyMutation, type WireKeyShownOnce } from '@/lib/queries/keys'

type Props = { org: string; unseen: WireKeyShownOnce; newKey: NewKeyState; forbidden: string | undefined }

/** A key that was made while the reply was lost: nobody has its secret. A rotation without grace replaces it. */
export function UnseenKey({ org, unseen, newKey, forbidden }: Props) {
  const queryClient = useQueryClient()
  const { submit, pending, error } = useSubmission()
  const proof = useProof(() => void replace())
  const { make } = useMakeOnce((body: RotateKeyBody, once) => rotateKeyMutation(org, unseen.id, body, once))

  const replace = () =>
    submit(() =>
      proof.run(async () => {
        await newKey.make(() => make({ grace_hours: 0, expires_at: unseen.expires_at }))
        await queryClient.invalidateQueries({ queryKey: keysOf(org) })
      }),
    )

  return (
    <>
      <DialogBody>
        <Notice
          look="warning"
          role="alert"
          title={<span className="wrap-anywhere">The secret of “{unseen.name}” was never shown.</span>}
        >
          <p>
            The reply with <code className="break-all font-mono text-sm">{unseen.key_prefix}</code> got lost on its way
            here. Only a hash of it is kept, so it cannot be shown again.
          </p>
        </Notice>
        <p>
          {forbidden
            ? 'Only an Admin can replace it. Create another one: this one ends by itself.'
            : 'Replace it: it ends at once, and a new key with the same name, permissions, allowlist, limit and expiry is shown here.'}
        </p>
        <ProofField proof={proof} />
        {error !== null && <Failure error={error} />}
      </DialogBody>
      <DialogFooter>
        <Button disabled={pending} onClick={newKey.finish}>
          Leave it unused
        </Button>
        <Button look="primary" reason={forbidden} disabled={pending} onClick={() => void replace()}>
          {pending ? 'Replacing…' : 'Replace and show the key'}
        </Button>
      </DialogFooter>
    </>
  )
}
