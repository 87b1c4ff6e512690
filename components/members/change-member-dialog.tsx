'use client'

import { useState } from 'react'
import { ChangeDialog } from '@/components/change/change-dialog'
import { useChange } from '@/components/change/use-change'
import { useFinish } from '@/components/change/use-finish'
import { KeyDecisionList } from '@/components/members/key-decisions'
import type { MemberDialogProps } from '@/components/members/member-action-dialogs'
import { DeveloperCheckbox, RoleChoice } from '@/components/members/standing-fields'
import { useKeyDecisions } from '@/components/members/use-key-decisions'
import { Notice } from '@/components/ui/notice'
import { updateMemberMutation } from '@/lib/queries/members'

/** Changes what a member may do; asks first about the keys that the person could no longer make. */
export function ChangeMemberDialog({ organization, item, frame }: MemberDialogProps) {
  const org = organization.organization.slug
  const [role, setRole] = useState(item.role)
  const [developer, setDeveloper] = useState(item.developer)
  const changed = role !== item.role || developer !== item.developer
  const chosen = { role, developer: developer ? ('true' as const) : ('false' as const) }
  const decisions = useKeyDecisions({ organization, item, change: chosen, enabled: frame.open && changed })
  const finish = useFinish(frame)
  const change = useChange(async () => {
    await updateMemberMutation(org, item.id, { role, developer, keys: decisions.body() })
    // One's own role and the keys may be among what has changed.
    await finish(['orgs', org], `Changed ${item.name}.`)
  })
  return (
    <ChangeDialog
      frame={frame}
      change={change}
      title={`Change ${item.name}`}
      description={item.email}
      size="medium"
      action="Save"
      doing="Saving…"
      reason={changed ? decisions.reason : 'Nothing has been changed.'}
      isDirty={() => changed}
    >
      {item.only_admin ? (
        <Notice>The only Admin stays an Admin. Make somebody else an Admin first.</Notice>
      ) : (
        <RoleChoice value={role} onChange={setRole} />
      )}
      <DeveloperCheckbox checked={developer} onCheckedChange={setDeveloper} />
      {changed && <KeyDecisionList of={decisions} item={item} />}
    </ChangeDialog>
  )
}
