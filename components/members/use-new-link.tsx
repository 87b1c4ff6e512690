'use client'

import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useRef, useState } from 'react'
import { ChangeDialog } from '@/components/change/change-dialog'
import { useChange } from '@/components/change/use-change'
import { useUnproven } from '@/components/change/use-unproven'
import { useCurrent } from '@/components/hooks/use-current'
import { InvitationLink } from '@/components/members/invitation-link'
import {
  peopleOf,
  resendInvitationMutation,
  type WireInvitation,
  type WireInvitationWithLink,
} from '@/lib/queries/members'

type NewLink = {
  /** @param button gets the focus back */
  make: (item: WireInvitation, button: HTMLElement) => void
  pending: boolean
  dialog: ReactNode
}

/** Makes a new link for an invitation at a press; the dialog opens with the link, or with what stands in its way. */
export function useNewLink(org: string): NewLink {
  const [item, setItem, readItem] = useCurrent<WireInvitation | null>(null)
  const [made, setMade] = useState<WireInvitationWithLink | null>(null)
  const [open, setOpen] = useState(false)
  const pressed = useRef<HTMLElement>(null)
  const queryClient = useQueryClient()
  const unproven = useUnproven('make a new link', () => change.send())
  const change = useChange(async () => {
    const renewed = readItem()
    if (!renewed) return
    await unproven.ask(async (accepted) => {
      setMade(await resendInvitationMutation(org, renewed.id, accepted))
      // Not waited for: the next link may be asked for at once.
      void queryClient.invalidateQueries({ queryKey: peopleOf(org) })
    })
  })
  const frame = {
    open,
    setOpen: (next: boolean) => {
      setOpen(next)
      // The next press begins anew.
      if (!next) change.forget()
    },
    onClosed: () => setMade(null),
    returnFocus: () => pressed.current,
  }
  const dialog = (
    <>
      {unproven.question}
      <ChangeDialog
        frame={frame}
        change={change}
        title="A new link"
        size="medium"
        keepOnOutsidePress
        action="Make the link"
        doing="Making the link…"
        result={made && <InvitationLink made={made} onDone={() => frame.setOpen(false)} />}
      >
        <p>The link that {item?.email} has dies by it.</p>
      </ChangeDialog>
    </>
  )
  const make = (next: WireInvitation, button: HTMLElement) => {
    pressed.current = button
    // The last one may still be fading out: what comes now is another result.
    setMade(null)
    setItem(next)
    change.send()
  }
  return { make, pending: change.pending, dialog }
}
