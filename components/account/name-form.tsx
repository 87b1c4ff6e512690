'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useQueryClient } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { AccountSection } from '@/components/account/account-section'
import { useSubmission } from '@/components/hooks/use-submission'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { useUnsaved } from '@/components/ui/navigation'
import { useToast } from '@/components/ui/toast'
import { renameInput } from '@/lib/people/account/contract'
import { renameMutation, type WireAccount } from '@/lib/queries/account'

/** The name that others see beside what this person does. */
export function NameForm({ account }: { account: WireAccount }) {
  const form = useForm({ resolver: zodResolver(renameInput), values: { name: account.name } })
  const queryClient = useQueryClient()
  const toast = useToast()
  const { submit, pending, error } = useSubmission()
  const { errors, isDirty } = form.formState
  useUnsaved(() => isDirty)

  const save = form.handleSubmit(({ name }) =>
    submit(async () => {
      await renameMutation(name)
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: ['account'] }),
        queryClient.invalidateQueries({ queryKey: ['session'] }),
      ])
      toast('Saved your name.')
    }),
  )

  return (
    <AccountSection title="Name" description="Others see it beside the keys that you make.">
      <form noValidate onSubmit={save} className="flex flex-col items-start gap-4">
        <Field label="Your name" error={errors.name?.message} className="w-full max-w-sm">
          {(control) => <Input {...control} {...form.register('name')} autoComplete="name" />}
        </Field>
        {error !== null && <Failure error={error} />}
        <Button type="submit" disabled={pending} reason={isDirty ? undefined : 'This is your name already.'}>
          {pending ? 'Saving…' : 'Save name'}
        </Button>
      </form>
    </AccountSection>
  )
}
