'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useQueryClient } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { AccountSection } from '@/components/account/account-section'
import { ProofField } from '@/components/account/proof-field'
import { useProof } from '@/components/account/use-proof'
import { useSubmission } from '@/components/hooks/use-submission'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { useToast } from '@/components/ui/toast'
import { newPassword } from '@/lib/people/sign-in/contract'
import { changePasswordMutation, type WireAccount } from '@/lib/queries/account'
import { fieldErrors } from '@/lib/queries/request-error'

const EMPTY = { current_password: '', new_password: '' }

const fieldsOf = ({ has_password }: WireAccount) =>
  z.object({
    current_password: has_password ? z.string().min(1, 'Enter your current password.') : z.string(),
    new_password: newPassword,
  })

const isField = (path: string): path is keyof typeof EMPTY => path in EMPTY

/** Changes the password, or sets the first one of who signs in by single sign-on. */
export function PasswordForm({ account }: { account: WireAccount }) {
  const form = useForm({ resolver: zodResolver(fieldsOf(account)), defaultValues: EMPTY })
  const queryClient = useQueryClient()
  const toast = useToast()
  const { submit, pending, error } = useSubmission()
  const proof = useProof(() => void save())
  const { errors } = form.formState
  const has = account.has_password

  const change = async ({ current_password, new_password }: typeof EMPTY) => {
    try {
      await changePasswordMutation({ current_password: has ? current_password : null, new_password })
    } catch (thrown) {
      const wrong = fieldErrors(thrown).filter(({ path }) => isField(path))
      for (const { path, message } of wrong) if (isField(path)) form.setError(path, { message }, { shouldFocus: true })
      if (wrong.length > 0) return
      throw thrown
    }
    form.reset(EMPTY)
    await queryClient.invalidateQueries({ queryKey: ['account'] })
    toast(has ? 'Changed your password. Every other session has ended.' : 'Set your password.')
  }
  // Only who has no password is asked for a proof; the current one is proof enough.
  const save = form.handleSubmit((values) => submit(() => proof.run(() => change(values))))

  return (
    <AccountSection
      title="Password"
      description={
        has
          ? 'A new one signs you out everywhere else.'
          : 'You have none: you sign in by single sign-on. With one you can sign in both ways.'
      }
    >
      {/* POST, so that a form sent before the page's script runs puts no password into the address. */}
      <form method="post" noValidate onSubmit={save} className="flex flex-col items-start gap-4">
        <input type="hidden" name="username" autoComplete="username" value={account.email} readOnly />
        {has && (
          <Field label="Current password" error={errors.current_password?.message} className="w-full max-w-sm">
            {(control) => (
              <Input
                {...control}
                {...form.register('current_password')}
                type="password"
                autoComplete="current-password"
              />
            )}
          </Field>
        )}
        <Field
          label="New password"
          hint="At least 8 characters."
          error={errors.new_password?.message}
          className="w-full max-w-sm"
        >
          {(control) => (
            <Input {...control} {...form.register('new_password')} type="password" autoComplete="new-password" />
          )}
        </Field>
        <ProofField proof={proof} />
        {error !== null && <Failure error={error} />}
        <Button type="submit" disabled={pending}>
          {pending ? 'Saving…' : has ? 'Change password' : 'Set password'}
        </Button>
      </form>
    </AccountSection>
  )
}
