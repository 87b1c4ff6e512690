'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useQueryClient } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { AccountSection } from '@/components/account/account-section'
import { ChangeNotes } from '@/components/change/change-notes'
import { sendBy, useFormChange } from '@/components/change/use-change'
import { useFinish } from '@/components/change/use-finish'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { useUnsaved } from '@/components/ui/navigation'
import { renameInput } from '@/lib/people/account/contract'
import { renameMutation, type WireAccount } from '@/lib/queries/account'

/** The name that others see beside what this person does. */
export function NameForm({ account }: { account: WireAccount }) {
  const form = useForm({ resolver: zodResolver(renameInput), values: { name: account.name } })
  const queryClient = useQueryClient()
  const finish = useFinish()
  const { errors, isDirty } = form.formState
  useUnsaved(() => isDirty)
  const change = useFormChange(form, async ({ name }) => {
    await renameMutation(name)
    await queryClient.invalidateQueries({ queryKey: ['session'] })
    await finish(['account'], 'Saved your name.')
  })

  return (
    <AccountSection title="Name" description="Others see it beside the keys that you make.">
      <form noValidate onSubmit={sendBy(change)} className="flex flex-col items-start gap-4">
        <Field label="Your name" error={errors.name?.message} className="w-full max-w-sm">
          {(control) => <Input {...control} {...form.register('name')} autoComplete="name" />}
        </Field>
        <ChangeNotes change={change} />
        <Button type="submit" disabled={change.pending} reason={isDirty ? undefined : 'This is your name already.'}>
          {change.pending ? 'Saving…' : 'Save name'}
        </Button>
      </form>
    </AccountSection>
  )
}
