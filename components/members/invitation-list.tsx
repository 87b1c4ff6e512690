'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import { ProofField } from '@/components/account/proof-field'
import { useProof } from '@/components/account/use-proof'
import { useSubmission } from '@/components/hooks/use-submission'
import { InvitationLink } from '@/components/members/invitation-link'
import { ROLE_LABELS } from '@/components/members/role-labels'
import { useUnprovenSubmission } from '@/components/members/use-unproven-submission'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog'
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
  const [renewed, setRenewed] = useState<WireInvitation | null>(null)
  const pressed = useRef<HTMLButtonElement>(null)
  const queryClient = useQueryClient()
  const toast = useToast()
  const { submit, pending, error } = useSubmission()
  const resending = useUnprovenSubmission('make a new link')
  const proof = useProof(() => renewed && void resend(renewed))
  const renew = () => queryClient.invalidateQueries({ queryKey: peopleOf(org) })

  const resend = (item: WireInvitation) => {
    setRenewed(item)
    return resending.submit((accepted) =>
      proof.run(async () => {
        setMade(await resendInvitationMutation(org, item.id, accepted))
        setShown(true)
        await renew()
      }),
    )
  }
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
    proof.forget()
  }

  const busy = pending || resending.pending
  const failed = error ?? resending.error

  if (list.error) return <Failure error={list.error} onRetry={() => void list.refetch()} />
  const dialog = (
    <>
      {resending.question}
      <Dialog
        open={shown || proof.asked}
        onClose={close}
        title="A new link"
        size="medium"
        keepOnOutsidePress
        // The field that asks has the focus before the dialog can see where that came from.
        returnFocus={() => pressed.current}
      >
        {made && <InvitationLink made={made} onDone={close} />}
        {!made && proof.asked && renewed && (
          <form
            noValidate
            className="flex min-h-0 flex-1 flex-col"
            onSubmit={(event) => {
              event.preventDefault()
              void resend(renewed)
            }}
          >
            <DialogBody>
              <p>The link that {renewed.email} has dies by it.</p>
              <ProofField proof={proof} />
              {resending.error !== null && <Failure error={resending.error} />}
            </DialogBody>
            <DialogFooter>
              <Button onClick={close}>Cancel</Button>
              <Button type="submit" look="primary" disabled={busy}>
                {busy ? 'Making the link…' : 'Make the link'}
              </Button>
            </DialogFooter>
          </form>
        )}
      </Dialog>
    </>
  )
  if (!list.data || list.data.data.length === 0) return dialog
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3 pt-3">
      <h2 id={id} className="font-semibold">
        Invitations
      </h2>
      {failed !== null && !proof.asked && <Failure error={failed} />}
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
                  onClick={(event) => {
                    pressed.current = event.currentTarget
                    void resend(item)
                  }}
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
      {dialog}
    </section>
  )
}
