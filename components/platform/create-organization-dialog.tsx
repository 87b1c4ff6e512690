'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Controller, useForm } from 'react-hook-form'
import { ProofField } from '@/components/account/proof-field'
import { useProof } from '@/components/account/use-proof'
import { InvitationLink } from '@/components/members/invitation-link'
import { useUnprovenSubmission } from '@/components/members/use-unproven-submission'
import { PLAN_OPTIONS, planMeaning } from '@/components/platform/plan-labels'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { LabelledCheckbox } from '@/components/ui/checkbox'
import { Choice } from '@/components/ui/choice'
import { Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { createPlatformOrganizationInput } from '@/lib/people/platform/contract'
import { createOrganizationMutation, PLATFORM, type WireCreatedOrganization } from '@/lib/queries/platform'

type Props = { open: boolean; onClose: () => void; returnFocus: () => HTMLElement | null }

/** Makes an organisation, and shows the link for its first Admin, this once. */
export function CreateOrganizationDialog({ open, onClose, returnFocus }: Props) {
  // Component state only: the link opens the organisation.
  const [made, setMade] = useState<WireCreatedOrganization | null>(null)
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
      title={made ? `“${made.slug}” is ready` : 'Create an organisation'}
      size="medium"
      keepOnOutsidePress
      returnFocus={returnFocus}
    >
      {made ? (
        <InvitationLink made={made.invitation} onDone={close} />
      ) : (
        <CreateForm key={round} onMade={setMade} onCancel={close} />
      )}
    </Dialog>
  )
}

/** The name as it may stand in addresses. */
const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/^-|-$/g, '')

type FormProps = { onMade: (made: WireCreatedOrganization) => void; onCancel: () => void }

function CreateForm({ onMade, onCancel }: FormProps) {
  const form = useForm({
    resolver: zodResolver(createPlatformOrganizationInput),
    defaultValues: { name: '', slug: '', plan: 'free' as const, developer_api: true, admin_email: '' },
  })
  const queryClient = useQueryClient()
  const { submit, pending, error, question } = useUnprovenSubmission('create')
  const proof = useProof(() => void send())
  const { errors, dirtyFields } = form.formState

  const send = form.handleSubmit((values) =>
    submit((accepted) =>
      proof.run(async () => {
        onMade(await createOrganizationMutation({ ...values, ...accepted }))
        await queryClient.invalidateQueries({ queryKey: PLATFORM })
      }),
    ),
  )
  const name = form.register('name', {
    onChange: (event: { target: { value: string } }) => {
      if (!dirtyFields.slug) form.setValue('slug', slugOf(event.target.value))
    },
  })

  return (
    <form noValidate onSubmit={send} className="flex min-h-0 flex-1 flex-col">
      <DialogBody>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Name" error={errors.name?.message}>
            {(control) => <Input {...control} {...name} autoComplete="off" />}
          </Field>
          <Field label="Slug" hint="In addresses; it stays." error={errors.slug?.message}>
            {(control) => <Input {...control} {...form.register('slug')} autoComplete="off" spellCheck={false} />}
          </Field>
        </div>
        <Controller
          control={form.control}
          name="plan"
          render={({ field }) => (
            <Choice
              label="Plan"
              hint={planMeaning(field.value)}
              value={field.value}
              options={PLAN_OPTIONS}
              onChange={field.onChange}
            />
          )}
        />
        <Controller
          control={form.control}
          name="developer_api"
          render={({ field }) => (
            <LabelledCheckbox
              labelClass="items-center"
              text="Developer API: its people can make keys, and the keys work"
              checked={field.value}
              onCheckedChange={field.onChange}
            />
          )}
        />
        <Field
          label="Email of its first Admin"
          hint="You get a link for this person; nothing is mailed."
          error={errors.admin_email?.message}
        >
          {(control) => <Input {...control} {...form.register('admin_email')} type="email" autoComplete="off" />}
        </Field>
        <ProofField proof={proof} />
        {error !== null && <Failure error={error} />}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" look="primary" disabled={pending}>
          {pending ? 'Creating…' : 'Create'}
        </Button>
      </DialogFooter>
      {question}
    </form>
  )
}
