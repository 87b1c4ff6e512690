'use client'

import type { ReactNode } from 'react'
import { ChangeNotes } from '@/components/change/change-notes'
import type { Change } from '@/components/change/use-change'
import { Button } from '@/components/ui/button'
import { DialogBody, DialogFooter } from '@/components/ui/dialog'

type Props = {
  change: Change
  /** On the button that makes it. */
  action: string
  /** On the button while the change is on its way. */
  doing: string
  danger?: boolean
  /** Why it cannot be made yet. */
  reason?: string | undefined
  /** On the button that leaves everything as it is. */
  cancel?: string
  onCancel: () => void
  /** It cannot be left while the change is on its way. */
  stays?: boolean
  /** Before the buttons. */
  aside?: ReactNode
  children?: ReactNode
}

/** The inside of a dialog that changes something: its fields, what the change asks or was refused for, and the buttons. */
export function ChangeForm({ change, action, doing, danger, reason, cancel = 'Cancel', onCancel, ...props }: Props) {
  const { stays = false, aside, children } = props
  return (
    <form
      noValidate
      className="flex min-h-0 flex-1 flex-col"
      onSubmit={(event) => {
        event.preventDefault()
        if (reason === undefined) change.send()
      }}
    >
      <DialogBody>
        {children}
        <ChangeNotes change={change} />
      </DialogBody>
      <DialogFooter>
        {aside}
        <Button disabled={stays && change.pending} onClick={onCancel}>
          {cancel}
        </Button>
        <Button type="submit" look={danger ? 'danger' : 'primary'} disabled={change.pending} reason={reason}>
          {change.pending ? doing : action}
        </Button>
      </DialogFooter>
    </form>
  )
}
