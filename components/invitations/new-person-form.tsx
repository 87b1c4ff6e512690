'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { useSubmission } from '@/components/hooks/use-submission'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { newPersonFields } from '@/lib/people/members/invitations/contract'

type Props = {
  email: string
  submitLabel: string
  onSubmit: (person: { name: string; password: string }) => Promise<void>
}

/** Name and password of somebody new. */
export function NewPersonForm({ email, submitLabel, onSubmit }: Props) {
  const form = useForm({ resolver: zodResolver(newPersonFields), defaultValues: { name: '', password: '' } })
  const { submit, pending, error } = useSubmission()
  const { errors } = form.formState
  return (
    // POST, so that a form sent before the page's script runs puts no password into the address.
    <form
      method="post"
      noValidate
      onSubmit={form.handleSubmit((person) => submit(() => onSubmit(person)))}
      className="flex flex-col gap-4"
    >
      <Field label="Email">
        {(control) => <Input {...control} readOnly value={email} type="email" autoComplete="username" />}
      </Field>
      <Field label="Your name" error={errors.name?.message}>
        {(control) => <Input {...control} {...form.register('name')} autoComplete="name" />}
      </Field>
      <Field label="Password" hint="At least 8 characters." error={errors.password?.message}>
        {(control) => <Input {...control} {...form.register('password')} type="password" autoComplete="new-password" />}
      </Field>
      {error !== null && <Failure error={error} />}
      <Button type="submit" look="primary" disabled={pending}>
        {pending ? 'One moment…' : submitLabel}
      </Button>
    </form>
  )
}
