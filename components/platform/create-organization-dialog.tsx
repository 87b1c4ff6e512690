'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Controller, useForm } from 'react-hook-form'
import { ChangeDialog } from '@/components/change/change-dialog'
import { useFormChange } from '@/components/change/use-change'
import { useUnproven } from '@/components/change/use-unproven'
import { useIsDirty } from '@/components/hooks/use-is-dirty'
import { InvitationLink } from '@/components/members/invitation-link'
import { invitationWords } from '@/components/members/invitation-words'
import { PLAN_OPTIONS, planMeaning } from '@/components/platform/plan-labels'
import { LabelledCheckbox } from '@/components/ui/checkbox'
import { Choice } from '@/components/ui/choice'
import type { DialogFrame } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { createPlatformOrganizationInput } from '@/lib/people/platform/contract'
import { createOrganizationMutation, PLATFORM, type WireCreatedOrganization } from '@/lib/queries/platform'

/** The name as it may stand in addresses. */
const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/^-|-$/g, '')

/** Makes an organisation; where the link for its first Admin is not mailed it shows it, this once. */
export function CreateOrganizationDialog({ sendsMail, frame }: { sendsMail: boolean; frame: DialogFrame }) {
  // Component state only: the link opens the organisation.
  const [made, setMade] = useState<WireCreatedOrganization | null>(null)
  const form = useForm({
    resolver: zodResolver(createPlatformOrganizationInput),
    defaultValues: { name: '', slug: '', plan: 'free' as const, developer_api: true, admin_email: '' },
  })
  const queryClient = useQueryClient()
  const { errors, dirtyFields } = form.formState
  const unproven = useUnproven('create', () => change.send())
  const change = useFormChange(form, (values) =>
    unproven.ask(async (accepted) => {
      setMade(await createOrganizationMutation({ ...values, ...accepted }))
      await queryClient.invalidateQueries({ queryKey: PLATFORM })
    }),
  )
  const name = form.register('name', {
    onChange: (event: { target: { value: string } }) => {
      if (!dirtyFields.slug) form.setValue('slug', slugOf(event.target.value))
    },
  })
  return (
    <ChangeDialog
      frame={frame}
      change={change}
      title={made ? `“${made.slug}” is ready` : 'Create an organisation'}
      size="medium"
      keepOnOutsidePress
      action="Create"
      doing="Creating…"
      isDirty={useIsDirty(form)}
      result={made && <InvitationLink made={made.invitation} onDone={() => frame.setOpen(false)} />}
    >
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
        hint={invitationWords(sendsMail).hint}
        error={errors.admin_email?.message}
      >
        {(control) => <Input {...control} {...form.register('admin_email')} type="email" autoComplete="off" />}
      </Field>
      {unproven.question}
    </ChangeDialog>
  )
}
