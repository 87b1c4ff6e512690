'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useQueryClient } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { useSubmission } from '@/components/hooks/use-submission'
import { Failure } from '@/components/shell/failure'
import { TeamPeople } from '@/components/teams/team-people'
import { useTeamPeople } from '@/components/teams/use-team-people'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input, Textarea } from '@/components/ui/input'
import { useToast } from '@/components/ui/toast'
import { teamRows } from '@/lib/people/teams/contract'
import { createTeamMutation, teamsOf, updateTeamMutation, type WireTeam } from '@/lib/queries/teams'

type Props = {
  org: string
  /** Null: a new one. */
  team: WireTeam | null
  open: boolean
  onClose: () => void
  returnFocus: () => HTMLElement | null
}

/** Makes a team, or changes one and who is on it. */
export function TeamDialog({ org, team, open, onClose, returnFocus }: Props) {
  const form = useForm({
    resolver: zodResolver(teamRows.createBody),
    defaultValues: { name: team?.name ?? '', description: team?.description ?? '' },
  })
  const people = useTeamPeople(org, team)
  const queryClient = useQueryClient()
  const toast = useToast()
  const { submit, pending, error } = useSubmission()
  const { errors, isDirty } = form.formState
  const unchanged = team !== null && !isDirty && !people.changed

  const save = form.handleSubmit(({ name, description }) =>
    submit(async () => {
      const fields = { name, description: description || null }
      const { add, remove } = people.changes()
      if (team) await updateTeamMutation(org, team.id, { ...fields, add, remove })
      else await createTeamMutation(org, { ...fields, add })
      await queryClient.invalidateQueries({ queryKey: teamsOf(org) })
      toast(team ? `Changed ${name}.` : `Made the team ${name}.`)
      onClose()
    }),
  )

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={team ? `Edit ${team.name}` : 'New team'}
      size="medium"
      keepOnOutsidePress
      returnFocus={returnFocus}
    >
      <form noValidate onSubmit={save} className="flex min-h-0 flex-1 flex-col">
        <DialogBody>
          <Field label="Name" error={errors.name?.message}>
            {(control) => <Input {...control} {...form.register('name')} autoComplete="off" />}
          </Field>
          <Field label="Description" aside="optional" error={errors.description?.message}>
            {(control) => <Textarea {...control} {...form.register('description')} rows={2} />}
          </Field>
          <TeamPeople org={org} of={people} />
          {error !== null && <Failure error={error} />}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            look="primary"
            disabled={pending}
            reason={unchanged ? 'Nothing has been changed.' : undefined}
          >
            {pending ? 'Saving…' : team ? 'Save' : 'Make the team'}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}
