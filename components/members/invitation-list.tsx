'use client'

import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useFinish } from '@/components/change/use-finish'
import { useSubmission } from '@/components/hooks/use-submission'
import { ROLE_LABELS } from '@/components/members/role-labels'
import { useNewLink } from '@/components/members/use-new-link'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { ActionsCell, Cell, HeadCell, Row, Table } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { browserClient } from '@/lib/queries/client'
import { invitationListQuery, peopleOf, type WireInvitation, withdrawInvitationMutation } from '@/lib/queries/members'

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
  const newLink = useNewLink(org)
  const finish = useFinish()
  const { submit, pending, error } = useSubmission()
  const withdraw = ({ id, email }: WireInvitation) =>
    submit(async () => {
      await withdrawInvitationMutation(org, id)
      await finish(peopleOf(org), `Withdrew the invitation for ${email}.`)
      fallbackFocus()?.focus()
    })
  const busy = pending || newLink.pending

  if (list.error) return <Failure error={list.error} onRetry={() => void list.refetch()} />
  if (!list.data || list.data.data.length === 0) return newLink.dialog
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
                  disabled={busy}
                  aria-label={`New link for ${item.email}`}
                  onClick={(event) => newLink.make(item, event.currentTarget)}
                >
                  New link
                </Button>
                <Button
                  size="small"
                  reason={forbidden}
                  disabled={busy}
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
      {newLink.dialog}
    </section>
  )
}
