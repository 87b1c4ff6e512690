'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { type SubmitEvent, useState } from 'react'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { type SignInOutcome, signInMutation } from '@/lib/queries/sign-in'

const fields = z.object({
  email: z.string().trim().min(1, 'Enter your email address.'),
  password: z.string().min(1, 'Enter your password.'),
})

function message(outcome: SignInOutcome): string {
  switch (outcome.kind) {
    case 'wrong':
      return 'Email or password is wrong.'
    case 'limited': {
      const minutes = Math.ceil(outcome.retry_after / 60)
      return `Too many attempts. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`
    }
    default:
      return 'Signing in failed. Try again; if it stays, the service may be unavailable.'
  }
}

export function SignInForm({ onSignedIn }: { onSignedIn: () => void | Promise<void> }) {
  const form = useForm({ resolver: zodResolver(fields), defaultValues: { email: '', password: '' } })
  const [failure, setFailure] = useState<string | null>(null)
  const { errors, isSubmitting } = form.formState

  const submit = form.handleSubmit(async ({ email, password }) => {
    setFailure(null)
    try {
      const outcome = await signInMutation(email, password)
      if (outcome.kind === 'signed_in') return await onSignedIn()
      setFailure(message(outcome))
      form.setFocus('password')
    } catch {
      setFailure('The server cannot be reached. Check your connection and try again.')
    }
  })

  const send = (event: SubmitEvent<HTMLFormElement>) => {
    // In a dialog over another form, React would hand the event on to that form.
    event.stopPropagation()
    void submit(event)
  }

  return (
    // POST, so that a form sent before the page's script runs puts no password into the address.
    <form method="post" noValidate onSubmit={send} className="flex flex-col gap-4">
      <Field label="Email" error={errors.email?.message}>
        {(control) => <Input {...control} {...form.register('email')} type="email" autoComplete="username" />}
      </Field>
      <Field label="Password" error={errors.password?.message}>
        {(control) => (
          <Input {...control} {...form.register('password')} type="password" autoComplete="current-password" />
        )}
      </Field>
      {failure && (
        <Notice look="danger" role="alert">
          {failure}
        </Notice>
      )}
      <Button type="submit" look="primary" disabled={isSubmitting}>
        {isSubmitting ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  )
}
