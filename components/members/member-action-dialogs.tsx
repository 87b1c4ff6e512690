'use client'

import type { useOpened } from '@/components/hooks/use-opened'
import { ChangeMemberDialog } from '@/components/members/change-member-dialog'
import { RemoveMemberDialog } from '@/components/members/remove-member-dialog'
import type { DialogFrame } from '@/components/ui/dialog'
import { Opened } from '@/components/ui/opened'
import type { WireMember } from '@/lib/queries/members'
import type { WireOrganization } from '@/lib/queries/organization'

/** What is done with whom. */
export type MemberAction = { action: 'change' | 'remove'; item: WireMember }

export type MemberDialogProps = { organization: WireOrganization; item: WireMember; frame: DialogFrame }

type Props = {
  organization: WireOrganization
  actions: ReturnType<typeof useOpened<MemberAction>>
  fallbackFocus: () => HTMLElement | null
}

export const MemberActionDialogs = ({ organization, actions, fallbackFocus }: Props) => (
  <Opened of={actions} fallbackFocus={fallbackFocus}>
    {({ action, item }, frame) =>
      action === 'change' ? (
        <ChangeMemberDialog {...{ organization, item, frame }} />
      ) : (
        <RemoveMemberDialog {...{ organization, item, frame }} />
      )
    }
  </Opened>
)
