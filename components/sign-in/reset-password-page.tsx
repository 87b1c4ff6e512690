'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { useSubmission } from '@/components/hooks/use-submission'
import { Failure } from '@/components/shell/failure'
import { NarrowPage } from '@/components/shell/narrow-page'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { PageLink } from '@/components/ui/page-link'
import { newPassword } from '@/lib/people/sign-in/contract'
import { redeemResetMutation } from '@/lib/queries/password-resets'
import { RequestError } from '@/lib/queries/request-error'

const linkStyle = 'text-accent hover:underline'

/** Where the link of a reset leads. Its token stands behind the #, which browsers keep to themselves. */
export function ResetPasswordPage() {
  const [done, setDone] = useState(false)
  return (
    <NarrowPage title={done ? 'Your new password is set' : 'Set a new password'}>
      {done ? (
        <p role="status">You have been signed out everywhere.</p>
      ) : (
        <NewPasswordForm
          onDone={() => {
            // A used token is of no use, but an address is no place for one.
            window.history.replaceState(null, '', window.location.pathname)
            setDone(true)
          }}
        />
      )}
      <PageLink href="/sign-in" className={linkStyle}>
        {done ? 'Sign in with it' : 'Back to the sign-in'}
      </PageLink>
    </NarrowPage>
  )
}

function NewPasswordForm({ onDone }: { onDone: () => void }) {
  const form = useForm({
    resolver: zodResolver(z.object({ password: newPassword })),
    defaultValues: { password: '' },
  })
  const { submit, pending, error } = useSubmission()
  const send = form.handleSubmit(({ password }) =>
    submit(async () => {
      await redeemResetMutation(window.location.hash.slice(1), password)
      onDone()
    }),
  )
  const over = error instanceof RequestError && error.problem.code === 'not_found'
  return (
    <form method="post" noValidate onSubmit={send} className="flex flex-col gap-4">
      <Field label="New password" hint="At least 8 characters." error={form.formState.errors.password?.message}>
        {(control) => <Input {...control} {...form.register('password')} type="password" autoComplete="new-password" />}
      </Field>
      {over && (
        <Notice look="danger" role="alert" title="This link is good no more">
          <p>It has been used, or is older than 30 minutes.</p>
          <PageLink href="/forgot-password" className={linkStyle}>
            Ask for a new one
          </PageLink>
        </Notice>
      )}
      {error !== null && !over && <Failure error={error} />}
      <Button type="submit" look="primary" disabled={pending}>
        {pending ? 'One moment…' : 'Set password'}
      </Button>
    </form>
  )
}
