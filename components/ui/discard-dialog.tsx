'use client'

import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog'

type Props = { open: boolean; onStay: () => void; onDiscard: () => void }

/** Asks before what was entered is lost. */
export const DiscardDialog = ({ open, onStay, onDiscard }: Props) => (
  <Dialog open={open} onClose={onStay} title="Discard what you entered?">
    <DialogBody>
      <p>It has not been saved.</p>
    </DialogBody>
    <DialogFooter>
      <Button onClick={onStay}>Go on editing</Button>
      <Button look="danger" onClick={onDiscard}>
        Discard
      </Button>
    </DialogFooter>
  </Dialog>
)
