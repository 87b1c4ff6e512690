'use client'

import { ReasonDialog } from '@/components/platform/reason-dialog'
import type { DialogFrame } from '@/components/ui/dialog'
import { declineRequestMutation, type WirePlatformOrganizationDetail } from '@/lib/queries/platform'

type Props = { item: WirePlatformOrganizationDetail; frame: DialogFrame }

/** Says no to a request for access. */
export const DeclineDialog = ({ item, frame }: Props) => (
  <ReasonDialog
    frame={frame}
    title={`Decline the request of ${item.name}?`}
    action="Decline"
    done={`Declined the request of ${item.name}.`}
    onSubmit={(reason) => declineRequestMutation(item.slug, reason)}
  >
    <p>The Developer API stays off. Its Admins can ask again.</p>
  </ReasonDialog>
)
