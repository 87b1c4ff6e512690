'use client'

import { useQueryClient } from '@tanstack/react-query'
import { ChangeForm } from '@/components/change/change-form'
import { useChange } from '@/components/change/use-change'
import { useMakeOnce } from '@/components/keys/reveal/use-make-once'
import type { NewKeyState } from '@/components/keys/reveal/use-new-key'
import { Notice } from '@/components/ui/notice'
import { keysOf, type RotateKeyBody, rotateKeyMutation, type WireKeyShownOnce } from '@/lib/queries/keys'

type Props = { org: string; unseen: WireKeyShownOnce; newKey: NewKeyState; forbidden: string | undefined }

/** A key that was made while the reply was lost: nobody has its secret. A rotation without grace replaces it. */
export function UnseenKey({ org, unseen, newKey, forbidden }: Props) {
  const queryClient = useQueryClient()
  const { make } = useMakeOnce((body: RotateKeyBody, once) => rotateKeyMutation(org, unseen.id, body, once))

  const change = useChange(async () => {
    await newKey.make(() => make({ grace_hours: 0, expires_at: unseen.expires_at }))
    await queryClient.invalidateQueries({ queryKey: keysOf(org) })
  })
  return (
    <ChangeForm
      change={change}
      action="Replace and show the key"
      doing="Replacing…"
      reason={forbidden}
      cancel="Leave it unused"
      onCancel={newKey.finish}
      stays
    >
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
    </ChangeForm>
  )
}
