'use client'

import { ChangeDialog } from '@/components/change/change-dialog'
import { useChange } from '@/components/change/use-change'
import { useFinish } from '@/components/change/use-finish'
import type { DialogFrame } from '@/components/ui/dialog'
import { deleteTeamMutation, teamsOf, type WireTeam } from '@/lib/queries/teams'

type Props = { org: string; team: WireTeam; frame: DialogFrame }

/** Deletes a team, for good. */
export function DeleteTeamDialog({ org, team, frame }: Props) {
  const finish = useFinish(frame)
  const change = useChange(async () => {
    await deleteTeamMutation(org, team.id)
    await finish(teamsOf(org), `Deleted the team ${team.name}.`)
  })
  return (
    <ChangeDialog
      frame={frame}
      change={change}
      title={`Delete ${team.name}?`}
      action="Delete the team"
      doing="Deleting…"
      danger
    >
      <p>Its members stay in the organisation. Its tickets stay too, without a team.</p>
    </ChangeDialog>
  )
}
