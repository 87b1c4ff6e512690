import { useQueryClient } from '@tanstack/react-query'
import { useSubmission } from '@/components/hooks/use-submission'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog'
import { useToast } from '@/components/ui/toast'
import { dropJobMutation, type WireJob } from '@/lib/queries/jobs'
import { PLATFORM } from '@/lib/queries/platform'

type Props = {
  item: WireJob
  open: boolean
  onClose: () => void
  returnFocus: () => HTMLElement | null
}

/** Gives a job up for good. */
export function DropJobDialog({ item, open, onClose, returnFocus }: Props) {
  const queryClient = useQueryClient()
  const toast = useToast()
  const { submit, pending, error } = useSubmission()

  const drop = () =>
    submit(async () => {
      await dropJobMutation(item.id)
      await queryClient.invalidateQueries({ queryKey: PLATFORM })
      toast(`${item.kind} is dropped.`)
      onClose()
    })

  return (
    <Dialog open={open} onClose={onClose} title={`Drop ${item.kind}?`} returnFocus={returnFocus}>
      <DialogBody>
        <p>It is never done, and cannot be brought back. An email that it was to send is marked as failed.</p>
        {error !== null && <Failure error={error} />}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="danger" disabled={pending} onClick={() => void drop()}>
          {pending ? 'Dropping…' : 'Drop'}
        </Button>
      </DialogFooter>
    </Dialog>
  )
}
