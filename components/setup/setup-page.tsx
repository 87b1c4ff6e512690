'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { type Path, useForm } from 'react-hook-form'
import { useSubmission } from '@/components/hooks/use-submission'
import { Failure } from '@/components/shell/failure'
import { NarrowPage } from '@/components/shell/narrow-page'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { setupInput } from '@/lib/people/platform/contract'
import { fieldErrors } from '@/lib/queries/request-error'
import { type SetupBody, setUpMutation } from '@/lib/queries/setup'
import { signInMutation } from '@/lib/queries/sign-in'

const FIELDS: Path<SetupBody>[] = ['token', 'name', 'email', 'password']

/** The first run: makes the first platform admin. */
export function SetupPage() {
  const form = useForm({
    resolver: zodResolver(setupInput),
    defaultValues: { token: '', name: '', email: '', password: '' },
  })
  const { submit, pending, error, clear } = useSubmission()
  const { errors } = form.formState

  const send = form.handleSubmit((values) =>
    submit(async () => {
      try {
        await setUpMutation(values)
      } catch (thrown) {
        for (const { path, message } of fieldErrors(thrown)) {
          const field = FIELDS.find((known) => known === path)
          if (field) form.setError(field, { message }, { shouldFocus: true })
        }
        throw thrown
      }
      const outcome = await signInMutation(values.email, values.password)
      window.location.assign(outcome.kind === 'signed_in' ? '/platform' : '/sign-in')
    }),
  )
  // What a field shows is not said again below the form.
  const shown = error !== null && fieldErrors(error).length === 0

  return (
    <NarrowPage title="Set up Latchkey">
      <p className="text-muted">
        You become the first platform admin, who makes organisations. This page is there once; the server's log has
        printed its token.
      </p>
      {/* POST, so that a form sent before the page's script runs puts no password into the address. */}
      <form
        method="post"
        noValidate
        onSubmit={(event) => {
          clear()
          void send(event)
        }}
        className="flex flex-col gap-4"
      >
        <Field label="Token from the log" error={errors.token?.message}>
          {(control) => (
            <Input
              {...control}
              {...form.register('token')}
              autoComplete="off"
              spellCheck={false}
              className="font-mono text-sm"
            />
          )}
        </Field>
        <Field label="Your name" error={errors.name?.message}>
          {(control) => <Input {...control} {...form.register('name')} autoComplete="name" />}
        </Field>
        <Field label="Email" error={errors.email?.message}>
          {(control) => <Input {...control} {...form.register('email')} type="email" autoComplete="username" />}
        </Field>
        <Field label="Password" hint="At least 8 characters." error={errors.password?.message}>
          {(control) => (
            <Input {...control} {...form.register('password')} type="password" autoComplete="new-password" />
          )}
        </Field>
        {shown && <Failure error={error} />}
        <Button type="submit" look="primary" disabled={pending}>
          {pending ? 'Setting up…' : 'Set up'}
        </Button>
      </form>
    </NarrowPage>
  )
}
