'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { useForm } from 'react-hook-form'
import { ChangeNotes } from '@/components/change/change-notes'
import { sendBy, useFormChange } from '@/components/change/use-change'
import { useUnproven } from '@/components/change/use-unproven'
import { useOpened } from '@/components/hooks/use-opened'
import { InvitationLink } from '@/components/members/invitation-link'
import { invitationWords } from '@/components/members/invitation-words'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Opened } from '@/components/ui/opened'
import { firstAdminInput } from '@/lib/people/platform/contract'
import { inviteFirstAdminMutation, PLATFORM, type WireFirstAdminInvitation } from '@/lib/queries/platform'

/** A new link for the first Admin of an organisation that has none yet. */
export function FirstAdmin({ slug, sendsMail }: { slug: string; sendsMail: boolean }) {
  const { hint, action, doing } = invitationWords(sendsMail)
  const id = useId()
  const form = useForm({ resolver: zodResolver(firstAdminInput), defaultValues: { email: '' } })
  // Component state only: the link opens the organisation.
  const made = useOpened<WireFirstAdminInvitation>()
  const queryClient = useQueryClient()
  const unproven = useUnproven('make the link', () => change.send())
  const change = useFormChange(form, (values) =>
    unproven.ask(async (accepted) => {
      made.start(await inviteFirstAdminMutation(slug, { ...values, ...accepted }), null)
      form.reset()
      await queryClient.invalidateQueries({ queryKey: PLATFORM })
    }),
  )
  return (
    <section aria-labelledby={id} className="flex max-w-md flex-col gap-3">
      <h2 id={id} className="font-semibold">
        It has no Admin yet
      </h2>
      <p className="text-muted">Invite its first Admin. A link that was made before dies by it.</p>
      <form noValidate className="flex flex-col items-start gap-3" onSubmit={sendBy(change)}>
        <Field
          label="Email of its first Admin"
          hint={hint}
          error={form.formState.errors.email?.message}
          className="w-full"
        >
          {(control) => <Input {...control} {...form.register('email')} type="email" autoComplete="off" />}
        </Field>
        <ChangeNotes change={change} />
        <Button type="submit" disabled={change.pending}>
          {change.pending ? doing : action}
        </Button>
      </form>
      {unproven.question}
      <Opened of={made}>
        {(invitation, { open, setOpen, onClosed }) => (
          <Dialog
            open={open}
            onClose={() => setOpen(false)}
            onClosed={onClosed}
            title="A link for the first Admin"
            size="medium"
            keepOnOutsidePress
          >
            <InvitationLink made={invitation} onDone={() => setOpen(false)} />
          </Dialog>
        )}
      </Opened>
    </section>
  )
}
