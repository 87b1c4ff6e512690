'use client'

import { type ReactNode, useState } from 'react'
import { ChangeDialog } from '@/components/change/change-dialog'
import { useChange } from '@/components/change/use-change'
import { useFinish } from '@/components/change/use-finish'
import type { DialogFrame } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { declineInput } from '@/lib/people/platform/contract'
import { PLATFORM } from '@/lib/queries/platform'

type Props = {
  frame: DialogFrame
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
export function ReasonDialog({ done, onSubmit, children, ...props }: Props) {
  const [reason, setReason] = useState('')
  const finish = useFinish(props.frame)
  const change = useChange(async () => {
    await onSubmit(reason.trim())
    await finish(PLATFORM, done)
  })
  const problem = declineInput.shape.reason.safeParse(reason).error?.issues[0]?.message
  return (
    <ChangeDialog
      {...props}
      change={change}
      doing="One moment…"
      reason={problem === undefined ? undefined : 'Give a reason first.'}
      isDirty={() => reason !== ''}
    >
      {children}
      <Field label="Reason" hint="Kept in the audit." error={reason === '' ? undefined : problem}>
        {(control) => (
          <Input {...control} value={reason} onChange={(event) => setReason(event.target.value)} autoComplete="off" />
        )}
      </Field>
    </ChangeDialog>
  )
}
