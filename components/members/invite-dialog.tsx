'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { Controller, useForm } from 'react-hook-form'
import { ChangeDialog } from '@/components/change/change-dialog'
import { useFormChange } from '@/components/change/use-change'
import { useUnproven } from '@/components/change/use-unproven'
import { useIsDirty } from '@/components/hooks/use-is-dirty'
import { InvitationLink } from '@/components/members/invitation-link'
import { invitationWords } from '@/components/members/invitation-words'
import { DeveloperCheckbox, RoleChoice } from '@/components/members/standing-fields'
import type { DialogFrame } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { inviteInput } from '@/lib/people/members/invitations/contract'
import { inviteMutation, peopleOf, type WireInvitationWithLink } from '@/lib/queries/members'

type Props = { org: string; sendsMail: boolean; frame: DialogFrame }

/** Invites somebody; where the link is not mailed it shows it, this once. */
export function InviteDialog({ org, sendsMail, frame }: Props) {
  const { hint, ...words } = invitationWords(sendsMail)
  // Component state only: the link opens the organisation.
  const [made, setMade] = useState<WireInvitationWithLink | null>(null)
  const form = useForm({
    resolver: zodResolver(inviteInput),
    defaultValues: { email: '', role: 'member' as const, developer: false },
  })
  const queryClient = useQueryClient()
  const touched = useRef(false)
  const { errors } = form.formState
  const unproven = useUnproven('make the link', () => change.send())
  const change = useFormChange(form, (values) =>
    unproven.ask(async (accepted) => {
      setMade(await inviteMutation(org, { ...values, ...accepted }))
      await queryClient.invalidateQueries({ queryKey: peopleOf(org) })
    }),
  )
  return (
    <ChangeDialog
      frame={frame}
      change={change}
      title={made ? `The invitation for ${made.email} is ready` : 'Invite somebody'}
      size="medium"
      keepOnOutsidePress
      {...words}
      isDirty={useIsDirty(form)}
      result={made && <InvitationLink made={made} onDone={() => frame.setOpen(false)} />}
    >
      <Field label="Email" hint={hint} error={errors.email?.message}>
        {(control) => <Input {...control} {...form.register('email')} type="email" autoComplete="off" />}
      </Field>
      <Controller
        control={form.control}
        name="role"
        render={({ field }) => (
          <RoleChoice
            value={field.value}
            onChange={(role) => {
              field.onChange(role)
              // On for Admins of both kinds, until somebody says otherwise.
              if (!touched.current) form.setValue('developer', role !== 'member')
            }}
          />
        )}
      />
      <Controller
        control={form.control}
        name="developer"
        render={({ field }) => (
          <DeveloperCheckbox
            checked={field.value}
            onCheckedChange={(checked) => {
              touched.current = true
              field.onChange(checked)
            }}
          />
        )}
      />
      {unproven.question}
    </ChangeDialog>
  )
}
