'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useSubmission } from '@/components/hooks/use-submission'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog'
import { useToast } from '@/components/ui/toast'
import { deleteTeamMutation, teamsOf, type WireTeam } from '@/lib/queries/teams'

type Props = {
  org: string
  team: WireTeam
  open: boolean
  onClose: () => void
  returnFocus: () => HTMLElement | null
}

/** Deletes a team, for good. */
export function DeleteTeamDialog({ org, team, open, onClose, returnFocus }: Props) {
  const queryClient = useQueryClient()
  const toast = useToast()
  const { submit, pending, error } = useSubmission()

  const remove = () =>
    submit(async () => {
      await deleteTeamMutation(org, team.id)
      await queryClient.invalidateQueries({ queryKey: teamsOf(org) })
      toast(`Deleted the team ${team.name}.`)
      onClose()
    })

  return (
    <Dialog open={open} onClose={onClose} title={`Delete ${team.name}?`} returnFocus={returnFocus}>
      <DialogBody>
        <p>Its members stay in the organisation. Its tickets stay too, without a team.</p>
        {error !== null && <Failure error={error} />}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="danger" disabled={pending} onClick={() => void remove()}>
          {pending ? 'Deleting…' : 'Delete the team'}
        </Button>
      </DialogFooter>
    </Dialog>
  )
}
