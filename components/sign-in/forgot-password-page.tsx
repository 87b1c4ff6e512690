'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useSubmission } from '@/components/hooks/use-submission'
import { Failure } from '@/components/shell/failure'
import { NarrowPage } from '@/components/shell/narrow-page'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { PageLink } from '@/components/ui/page-link'
import { requestResetInput } from '@/lib/people/password-resets/contract'
import { requestResetMutation } from '@/lib/queries/password-resets'

/** @param props.sendsMail whether the operator has set a server to send mail by */
export function ForgotPasswordPage({ sendsMail }: { sendsMail: boolean }) {
  const [sentTo, setSentTo] = useState<string | null>(null)
  return (
    <NarrowPage title="Forgotten your password?">
      {!sendsMail && (
        <p>This server sends no mail. Ask whoever runs it: they can make you a link by which you set a new password.</p>
      )}
      {sendsMail &&
        (sentTo === null ? (
          <RequestForm onSent={setSentTo} />
        ) : (
          <p role="status" className="break-words">
            If somebody here has the address {sentTo}, a mail with a link is on its way. The link works once, for 30
            minutes.
          </p>
        ))}
      <PageLink href="/sign-in" className="text-accent hover:underline">
        Back to the sign-in
      </PageLink>
    </NarrowPage>
  )
}

function RequestForm({ onSent }: { onSent: (email: string) => void }) {
  const form = useForm({ resolver: zodResolver(requestResetInput), defaultValues: { email: '' } })
  const { submit, pending, error } = useSubmission()
  const send = form.handleSubmit(({ email }) =>
    submit(async () => {
      await requestResetMutation(email)
      onSent(email)
    }),
  )
  return (
    <form method="post" noValidate onSubmit={send} className="flex flex-col gap-4">
      <Field label="Email" error={form.formState.errors.email?.message} hint="We mail you a link to set a new one.">
        {(control) => <Input {...control} {...form.register('email')} type="email" autoComplete="username" />}
      </Field>
      {error !== null && <Failure error={error} />}
      <Button type="submit" look="primary" disabled={pending}>
        {pending ? 'Sending…' : 'Send the link'}
      </Button>
    </form>
  )
}
