'use client'

import { DeleteKeyDialog } from '@/components/keys/actions/delete-key-dialog'
import { ReactivateKeyDialog } from '@/components/keys/actions/reactivate-key-dialog'
import { RevokeKeyDialog } from '@/components/keys/actions/revoke-key-dialog'
import { RotateKeyDialog } from '@/components/keys/actions/rotate-key-dialog'
import type { KeyActions } from '@/components/keys/actions/use-key-actions'
import type { WireKey } from '@/lib/queries/keys'
import type { WireOrganization } from '@/lib/queries/organization'

export type ActionDialogProps = {
  org: string
  item: WireKey
  open: boolean
  onClose: () => void
  returnFocus: () => HTMLElement | null
}

type Props = {
  organization: WireOrganization
  actions: KeyActions
  /** Where the focus goes when what opened the dialog is gone. */
  fallbackFocus: () => HTMLElement | null
  onDeleted?: () => void
}

export function KeyActionDialogs({ organization, actions, fallbackFocus, onDeleted }: Props) {
  const { subject, serial, open, close } = actions
  if (!subject) return null
  const { action, item, trigger } = subject
  const common: ActionDialogProps = {
    org: organization.organization.slug,
    item,
    open,
    onClose: close,
    returnFocus: () => (trigger?.isConnected ? trigger : fallbackFocus()),
  }
  switch (action) {
    case 'rotate':
      return <RotateKeyDialog key={serial} {...common} />
    case 'revoke':
      return <RevokeKeyDialog key={serial} {...common} />
    case 'reactivate':
      return <ReactivateKeyDialog key={serial} {...common} />
    case 'delete':
      return <DeleteKeyDialog key={serial} {...common} onDeleted={onDeleted} />
  }
}
