'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { ChangeDialog } from '@/components/change/change-dialog'
import { useFormChange } from '@/components/change/use-change'
import { useFinish } from '@/components/change/use-finish'
import { useIsDirty } from '@/components/hooks/use-is-dirty'
import { TeamPeople } from '@/components/teams/team-people'
import { useTeamPeople } from '@/components/teams/use-team-people'
import type { DialogFrame } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input, Textarea } from '@/components/ui/input'
import { teamRows } from '@/lib/people/teams/contract'
import { createTeamMutation, teamsOf, updateTeamMutation, type WireTeam } from '@/lib/queries/teams'

type Props = {
  org: string
  /** Null: a new one. */
  team: WireTeam | null
  frame: DialogFrame
}

/** Makes a team, or changes one and who is on it. */
export function TeamDialog({ org, team, frame }: Props) {
  const form = useForm({
    resolver: zodResolver(teamRows.createBody),
    defaultValues: { name: team?.name ?? '', description: team?.description ?? '' },
  })
  const people = useTeamPeople(org, team)
  const isFormDirty = useIsDirty(form)
  const finish = useFinish(frame)
  const change = useFormChange(form, async ({ name, description }) => {
    const fields = { name, description: description || null }
    const { add, remove } = people.changes()
    if (team) await updateTeamMutation(org, team.id, { ...fields, add, remove })
    else await createTeamMutation(org, { ...fields, add })
    await finish(teamsOf(org), team ? `Changed ${name}.` : `Made the team ${name}.`)
  })
  const { errors, isDirty } = form.formState
  const unchanged = team !== null && !isDirty && !people.changed

  return (
    <ChangeDialog
      frame={frame}
      change={change}
      title={team ? `Edit ${team.name}` : 'New team'}
      size="medium"
      keepOnOutsidePress
      action={team ? 'Save' : 'Make the team'}
      doing="Saving…"
      reason={unchanged ? 'Nothing has been changed.' : undefined}
      isDirty={() => isFormDirty() || people.changed}
    >
      <Field label="Name" error={errors.name?.message}>
        {(control) => <Input {...control} {...form.register('name')} autoComplete="off" />}
      </Field>
      <Field label="Description" aside="optional" error={errors.description?.message}>
        {(control) => <Textarea {...control} {...form.register('description')} rows={2} />}
      </Field>
      <TeamPeople org={org} of={people} />
    </ChangeDialog>
  )
}
