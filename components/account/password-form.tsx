'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { AccountSection } from '@/components/account/account-section'
import { ChangeNotes } from '@/components/change/change-notes'
import { sendBy, useFormChange } from '@/components/change/use-change'
import { useFinish } from '@/components/change/use-finish'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { newPassword } from '@/lib/people/sign-in/contract'
import { changePasswordMutation, type WireAccount } from '@/lib/queries/account'

const EMPTY = { current_password: '', new_password: '' }

const fieldsOf = ({ has_password }: WireAccount) =>
  z.object({
    current_password: has_password ? z.string().min(1, 'Enter your current password.') : z.string(),
    new_password: newPassword,
  })

/** Changes the password, or sets the first one of who signs in by single sign-on. */
export function PasswordForm({ account }: { account: WireAccount }) {
  const form = useForm({ resolver: zodResolver(fieldsOf(account)), defaultValues: EMPTY })
  const finish = useFinish()
  const { errors } = form.formState
  const has = account.has_password
  // Only who has no password is asked for a proof; the current one is proof enough.
  const change = useFormChange(form, async ({ current_password, new_password }) => {
    await changePasswordMutation({ current_password: has ? current_password : null, new_password })
    form.reset(EMPTY)
    await finish(['account'], has ? 'Changed your password. Every other session has ended.' : 'Set your password.')
  })

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
      <form method="post" noValidate onSubmit={sendBy(change)} className="flex flex-col items-start gap-4">
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
        <ChangeNotes change={change} />
        <Button type="submit" disabled={change.pending}>
          {change.pending ? 'Saving…' : has ? 'Change password' : 'Set password'}
        </Button>
      </form>
    </AccountSection>
  )
}
