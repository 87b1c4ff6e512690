'use client'

import { useQuery } from '@tanstack/react-query'
import { ChangeDialog } from '@/components/change/change-dialog'
import { useChange } from '@/components/change/use-change'
import { useFinish } from '@/components/change/use-finish'
import { KeyDecisionList } from '@/components/members/key-decisions'
import type { MemberDialogProps } from '@/components/members/member-action-dialogs'
import { useKeyDecisions } from '@/components/members/use-key-decisions'
import { browserClient } from '@/lib/queries/client'
import { removeMemberMutation } from '@/lib/queries/members'
import { sessionQuery } from '@/lib/queries/organization'

/** Ends a membership; asks first about the keys that the person made. */
export function RemoveMemberDialog({ organization, item, frame }: MemberDialogProps) {
  const org = organization.organization.slug
  const session = useQuery(sessionQuery(browserClient)).data
  const decisions = useKeyDecisions({ organization, item, change: { removed: 'true' }, enabled: frame.open })
  const finish = useFinish(frame)
  const change = useChange(async () => {
    await removeMemberMutation(org, item.id, { keys: decisions.body() })
    // Whoever has left has no page here any more.
    if (session?.user.id === item.id) return window.location.assign('/')
    await finish(['orgs', org], `Removed ${item.name}.`)
  })
  return (
    <ChangeDialog
      frame={frame}
      change={change}
      title={`Remove ${item.name}?`}
      description={item.email}
      size="medium"
      action="Remove"
      doing="Removing…"
      danger
      reason={decisions.reason}
    >
      <p>
        From this moment {item.name} reaches nothing of {organization.organization.name}. The account stays, and you can
        invite them again.
      </p>
      <KeyDecisionList of={decisions} item={item} />
    </ChangeDialog>
  )
}
