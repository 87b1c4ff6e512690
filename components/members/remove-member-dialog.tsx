'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useSubmission } from '@/components/hooks/use-submission'
import { KeyDecisionList } from '@/components/members/key-decisions'
import type { MemberDialogProps } from '@/components/members/member-action-dialogs'
import { useKeyDecisions } from '@/components/members/use-key-decisions'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog'
import { useToast } from '@/components/ui/toast'
import { browserClient } from '@/lib/queries/client'
import { removeMemberMutation } from '@/lib/queries/members'
import { sessionQuery } from '@/lib/queries/organization'

/** Ends a membership; asks first about the keys that the person made. */
export function RemoveMemberDialog({ organization, item, open, onClose, returnFocus }: MemberDialogProps) {
  const org = organization.organization.slug
  const session = useQuery(sessionQuery(browserClient)).data
  const queryClient = useQueryClient()
  const toast = useToast()
  const { submit, pending, error } = useSubmission()
  const decisions = useKeyDecisions({ organization, item, change: { removed: 'true' }, enabled: open })

  const remove = () =>
    submit(async () => {
      await removeMemberMutation(org, item.id, { keys: decisions.body() })
      // Whoever has left has no page here any more.
      if (session?.user.id === item.id) return window.location.assign('/')
      await queryClient.invalidateQueries({ queryKey: ['orgs', org] })
      toast(`Removed ${item.name}.`)
      onClose()
    })

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={`Remove ${item.name}?`}
      description={item.email}
      size="medium"
      returnFocus={returnFocus}
    >
      <DialogBody>
        <p>
          From this moment {item.name} reaches nothing of {organization.organization.name}. The account stays, and you
          can invite them again.
        </p>
        <KeyDecisionList of={decisions} item={item} />
        {error !== null && <Failure error={error} />}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="danger" disabled={pending} reason={decisions.reason} onClick={() => void remove()}>
          {pending ? 'Removing…' : 'Remove'}
        </Button>
      </DialogFooter>
    </Dialog>
  )
}
