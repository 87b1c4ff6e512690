'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useSubmission } from '@/components/hooks/use-submission'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog'
import { useToast } from '@/components/ui/toast'
import { browserClient } from '@/lib/queries/client'
import { sessionQuery } from '@/lib/queries/organization'
import { PLATFORM, takePlatformAdminMutation, type WirePlatformAdmin } from '@/lib/queries/platform'

type Props = {
  item: WirePlatformAdmin
  open: boolean
  onClose: () => void
  returnFocus: () => HTMLElement | null
}

/** Takes the platform from somebody. */
export function TakeAdminDialog({ item, open, onClose, returnFocus }: Props) {
  const session = useQuery(sessionQuery(browserClient)).data
  const queryClient = useQueryClient()
  const toast = useToast()
  const { submit, pending, error } = useSubmission()

  const take = () =>
    submit(async () => {
      await takePlatformAdminMutation(item.id)
      // Whoever has given it up has no page here any more.
      if (session?.user.id === item.id) return window.location.assign('/')
      await queryClient.invalidateQueries({ queryKey: PLATFORM })
      toast(`${item.name} is no longer a platform admin.`)
      onClose()
    })

  return (
    <Dialog open={open} onClose={onClose} title={`Take the platform from ${item.name}?`} returnFocus={returnFocus}>
      <DialogBody>
        <p>From the next request on they find no console. Their memberships stay as they are.</p>
        {error !== null && <Failure error={error} />}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="danger" disabled={pending} onClick={() => void take()}>
          {pending ? 'Taking away…' : 'Take away'}
        </Button>
      </DialogFooter>
    </Dialog>
  )
}
