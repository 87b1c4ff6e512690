'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { Controller, useForm } from 'react-hook-form'
import { ProofField } from '@/components/account/proof-field'
import { useProof } from '@/components/account/use-proof'
import { InvitationLink } from '@/components/members/invitation-link'
import { ROLE_MEANINGS, ROLE_OPTIONS } from '@/components/members/role-labels'
import { useUnprovenSubmission } from '@/components/members/use-unproven-submission'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { LabelledCheckbox } from '@/components/ui/checkbox'
import { Choice } from '@/components/ui/choice'
import { Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { inviteInput } from '@/lib/people/members/invitations/contract'
import { inviteMutation, peopleOf, type WireInvitationWithLink } from '@/lib/queries/members'

type Props = { org: string; open: boolean; onClose: () => void; returnFocus: () => HTMLElement | null }

/** Invites somebody and shows the link, this once. */
export function InviteDialog({ org, open, onClose, returnFocus }: Props) {
  // Component state only: the link opens the organisation.
  const [made, setMade] = useState<WireInvitationWithLink | null>(null)
  const [round, setRound] = useState(0)
  const close = () => {
    setMade(null)
    setRound(round + 1)
    onClose()
  }
  return (
    <Dialog
      // Closed too early, it comes back with the link: nobody could see that later.
      open={open || made !== null}
      onClose={close}
      title={made ? `The invitation for ${made.email} is ready` : 'Invite somebody'}
      size="medium"
      keepOnOutsidePress
      returnFocus={returnFocus}
    >
      {made ? (
        <InvitationLink made={made} onDone={close} />
      ) : (
        <InviteForm key={round} org={org} onMade={setMade} onCancel={close} />
      )}
    </Dialog>
  )
}

type FormProps = { org: string; onMade: (made: WireInvitationWithLink) => void; onCancel: () => void }

function InviteForm({ org, onMade, onCancel }: FormProps) {
  const form = useForm({
    resolver: zodResolver(inviteInput),
    defaultValues: { email: '', role: 'member' as const, developer: false },
  })
  const queryClient = useQueryClient()
  const { submit, pending, error, question } = useUnprovenSubmission('make the link')
  const proof = useProof(() => void send())
  const touched = useRef(false)
  const { errors } = form.formState

  const send = form.handleSubmit((values) =>
    submit((accepted) =>
      proof.run(async () => {
        const made = await inviteMutation(org, { ...values, ...accepted })
        onMade(made)
        await queryClient.invalidateQueries({ queryKey: peopleOf(org) })
      }),
    ),
  )

  return (
    <form noValidate onSubmit={send} className="flex min-h-0 flex-1 flex-col">
      <DialogBody>
        <Field label="Email" error={errors.email?.message}>
          {(control) => <Input {...control} {...form.register('email')} type="email" autoComplete="off" />}
        </Field>
        <Controller
          control={form.control}
          name="role"
          render={({ field }) => (
            <Choice
              label="Role"
              hint={ROLE_MEANINGS[field.value]}
              value={field.value}
              options={ROLE_OPTIONS}
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
            <LabelledCheckbox
              labelClass="items-center"
              text="Developer permission: opens API keys to Admins of both kinds"
              checked={field.value}
              onCheckedChange={(checked) => {
                touched.current = true
                field.onChange(checked)
              }}
            />
          )}
        />
        <ProofField proof={proof} />
        {error !== null && <Failure error={error} />}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" look="primary" disabled={pending}>
          {pending ? 'Making the link…' : 'Make the link'}
        </Button>
      </DialogFooter>
      {question}
    </form>
  )
}
