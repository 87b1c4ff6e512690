'use client'

import { DeleteKeyDialog } from '@/components/keys/actions/delete-key-dialog'
import { ReactivateKeyDialog } from '@/components/keys/actions/reactivate-key-dialog'
import { RevokeKeyDialog } from '@/components/keys/actions/revoke-key-dialog'
import { RotateKeyDialog } from '@/components/keys/actions/rotate-key-dialog'
import type { ActedKey } from '@/components/keys/actions/use-key-actions'
import type { DialogFrame } from '@/components/ui/dialog'
import type { WireKey } from '@/lib/queries/keys'

export type ActionDialogProps = { org: string; item: WireKey; frame: DialogFrame }

type Props = ActionDialogProps & Pick<ActedKey, 'action'> & { onDeleted?: () => void }

export function KeyActionDialog({ action, onDeleted, ...props }: Props) {
  switch (action) {
    case 'rotate':
      return <RotateKeyDialog {...props} />
    case 'revoke':
      return <RevokeKeyDialog {...props} />
    case 'reactivate':
      return <ReactivateKeyDialog {...props} />
    case 'delete':
      return <DeleteKeyDialog {...props} onDeleted={onDeleted} />
  }
}
