'use client'

import { useState } from 'react'
import { ChangeMemberDialog } from '@/components/members/change-member-dialog'
import { RemoveMemberDialog } from '@/components/members/remove-member-dialog'
import type { WireMember } from '@/lib/queries/members'
import type { WireOrganization } from '@/lib/queries/organization'

type MemberAction = 'change' | 'remove'

/** @param trigger gets the focus back when the dialog closes, if it is still there */
export type StartMemberAction = (action: MemberAction, item: WireMember, trigger: HTMLElement | null) => void

type Started = { action: MemberAction; item: WireMember; trigger: HTMLElement | null; count: number }

export type MemberDialogProps = {
  organization: WireOrganization
  item: WireMember
  open: boolean
  onClose: () => void
  returnFocus: () => HTMLElement | null
}

/** Which action is being asked about. The dialog keeps its person while it fades out. */
export function useMemberActions() {
  const [started, setStarted] = useState<Started | null>(null)
  const [open, setOpen] = useState(false)
  const start: StartMemberAction = (action, item, trigger) => {
    setStarted({ action, item, trigger, count: (started?.count ?? 0) + 1 })
    setOpen(true)
  }
  return { started, open, start, close: () => setOpen(false) }
}

type Props = {
  organization: WireOrganization
  actions: ReturnType<typeof useMemberActions>
  /** Where the focus goes when what opened the dialog is gone. */
  fallbackFocus: () => HTMLElement | null
}

export function MemberActionDialogs({ organization, actions, fallbackFocus }: Props) {
  const { started, open, close } = actions
  if (!started) return null
  const { action, item, trigger, count } = started
  const returnFocus = () => (trigger?.isConnected ? trigger : fallbackFocus())
  const props: MemberDialogProps = { organization, item, open, onClose: close, returnFocus }
  // A dialog for each start: what was chosen before is not there the next time.
  return action === 'change' ? (
    <ChangeMemberDialog key={count} {...props} />
  ) : (
    <RemoveMemberDialog key={count} {...props} />
  )
}
