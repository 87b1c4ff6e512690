'use client'

import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useSubmission } from '@/components/hooks/use-submission'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { useToast } from '@/components/ui/toast'
import { declineInput } from '@/lib/people/platform/contract'
import { PLATFORM } from '@/lib/queries/platform'

type Props = {
  open: boolean
  onClose: () => void
  title: string
  /** On the button that does it. */
  action: string
  danger?: boolean
  /** Said when it has been done. */
  done: string
  onSubmit: (reason: string) => Promise<void>
  children: ReactNode
}

/** Asks for a change of the platform, with its effect, and for the reason that the audit keeps. */
export function ReasonDialog({ open, onClose, title, action, danger, done, onSubmit, children }: Props) {
  const [reason, setReason] = useState('')
  const queryClient = useQueryClient()
  const toast = useToast()
  const { submit, pending, error } = useSubmission()
  const checked = declineInput.shape.reason.safeParse(reason)
  const problem = reason === '' ? undefined : checked.error?.issues[0]?.message

  const send = () =>
    submit(async () => {
      await onSubmit(reason.trim())
      await queryClient.invalidateQueries({ queryKey: PLATFORM })
      toast(done)
      onClose()
    })

  return (
    <Dialog open={open} onClose={onClose} title={title}>
      <form
        noValidate
        className="flex min-h-0 flex-1 flex-col"
        onSubmit={(event) => {
          event.preventDefault()
          if (checked.success) void send()
        }}
      >
        <DialogBody>
          {children}
          <Field label="Reason" hint="Kept in the audit." error={problem}>
            {(control) => (
              <Input
                {...control}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
                autoComplete="off"
              />
            )}
          </Field>
          {error !== null && <Failure error={error} />}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            look={danger ? 'danger' : 'primary'}
            disabled={pending}
            reason={checked.success ? undefined : 'Give a reason first.'}
          >
            {pending ? 'One moment…' : action}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}
