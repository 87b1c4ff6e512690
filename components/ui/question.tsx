'use client'

import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog'

type Props = {
  open: boolean
  title: string
  /** On the button that leaves everything as it is; so do Esc and a press outside. */
  stay: string
  onStay: () => void
  /** On the button that takes the risk. */
  go: string
  onGo: () => void
  children: ReactNode
}

/** Asks before something is lost or risked. */
export const Question = ({ open, title, stay, onStay, go, onGo, children }: Props) => (
  <Dialog open={open} onClose={onStay} title={title}>
    <DialogBody>{children}</DialogBody>
    <DialogFooter>
      <Button onClick={onStay}>{stay}</Button>
      <Button look="danger" onClick={onGo}>
        {go}
      </Button>
    </DialogFooter>
  </Dialog>
)
