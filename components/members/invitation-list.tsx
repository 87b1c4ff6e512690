'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useSubmission } from '@/components/hooks/use-submission'
import { InvitationLink } from '@/components/members/invitation-link'
import { ROLE_LABELS } from '@/components/members/role-labels'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { ActionsCell, Cell, HeadCell, Row, Table } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { useToast } from '@/components/ui/toast'
import { browserClient } from '@/lib/queries/client'
import {
  invitationListQuery,
  peopleOf,
  resendInvitationMutation,
  type WireInvitation,
  type WireInvitationWithLink,
  withdrawInvitationMutation,
} from '@/lib/queries/members'

type Props = {
  org: string
  forbidden: string | undefined
  /** Where the focus goes when the pressed button is gone. */
  fallbackFocus: () => HTMLElement | null
}

/** Those who were invited and have not come yet. */
export function InvitationList({ org, forbidden, fallbackFocus }: Props) {
  const id = useId()
  const list = useQuery(invitationListQuery(browserClient, org))
  const [made, setMade] = useState<WireInvitationWithLink | null>(null)
  const [shown, setShown] = useState(false)
  const queryClient = useQueryClient()
  const toast = useToast()
  const { submit, pending, error } = useSubmission()
  const renew = () => queryClient.invalidateQueries({ queryKey: peopleOf(org) })

  const resend = ({ id }: WireInvitation) =>
    submit(async () => {
      setMade(await resendInvitationMutation(org, id))
      setShown(true)
      await renew()
    })
  const withdraw = ({ id, email }: WireInvitation) =>
    submit(async () => {
      await withdrawInvitationMutation(org, id)
      await renew()
      toast(`Withdrew the invitation for ${email}.`)
      fallbackFocus()?.focus()
    })
  const close = () => {
    setShown(false)
    setMade(null)
  }

  if (list.error) return <Failure error={list.error} onRetry={() => void list.refetch()} />
  const dialog = (
    <Dialog open={shown} onClose={close} title="A new link" size="medium" keepOnOutsidePress>
      {made && <InvitationLink made={made} onDone={close} />}
    </Dialog>
  )
  if (!list.data || list.data.data.length === 0) return dialog
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3 pt-3">
      <h2 id={id} className="font-semibold">
        Invitations
      </h2>
      {error !== null && <Failure error={error} />}
      <Table caption="Invitations" columns={['Email', 'Role', 'Developer permission', 'Invited by', 'Ends']} actions>
        {list.data.data.map((item) => (
          <Row key={item.id}>
            <HeadCell>
              <span className="block font-medium">{item.email}</span>
            </HeadCell>
            <Cell label="Role">{ROLE_LABELS[item.role]}</Cell>
            <Cell label="Developer permission">{item.developer ? 'Yes' : <span className="text-muted">No</span>}</Cell>
            <Cell label="Invited by">
              <span className="block min-w-20 wrap-anywhere">
                {item.invited_by ?? <span className="text-muted">No longer here</span>}
              </span>
            </Cell>
            <Cell label="Ends">
              {item.status === 'expired' ? <span className="text-danger">Expired</span> : <Time at={item.expires_at} />}
            </Cell>
            <ActionsCell wide>
              <div className="flex gap-2">
                <Button
                  size="small"
                  reason={forbidden}
                  disabled={pending}
                  aria-label={`New link for ${item.email}`}
                  onClick={() => void resend(item)}
                >
                  New link
                </Button>
                <Button
                  size="small"
                  reason={forbidden}
                  disabled={pending}
                  aria-label={`Withdraw the invitation for ${item.email}`}
                  onClick={() => void withdraw(item)}
                >
                  Withdraw
                </Button>
              </div>
            </ActionsCell>
          </Row>
        ))}
      </Table>
      {dialog}
    </section>
  )
}
