'use client'

import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog'

type Props = { open: boolean; onStay: () => void; onLeave: () => void }

/** Asks before a key that was not stored is lost. */
export const LoseKeyDialog = ({ open, onStay, onLeave }: Props) => (
  <Dialog open={open} onClose={onStay} title="Close without storing the key?">
    <DialogBody>
      <p>You have neither copied nor downloaded it, and it cannot be shown again.</p>
    </DialogBody>
    <DialogFooter>
      <Button onClick={onStay}>Back to the key</Button>
      <Button look="danger" onClick={onLeave}>
        Close and lose it
      </Button>
    </DialogFooter>
  </Dialog>
)
