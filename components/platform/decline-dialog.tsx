'use client'

import { ReasonDialog } from '@/components/platform/reason-dialog'
import { declineRequestMutation, type WirePlatformOrganizationDetail } from '@/lib/queries/platform'

type Props = { item: WirePlatformOrganizationDetail; open: boolean; onClose: () => void }

/** Says no to a request for access. */
export const DeclineDialog = ({ item, open, onClose }: Props) => (
  <ReasonDialog
    open={open}
    onClose={onClose}
    title={`Decline the request of ${item.name}?`}
    action="Decline"
    done={`Declined the request of ${item.name}.`}
    onSubmit={(reason) => declineRequestMutation(item.slug, reason)}
  >
    <p>The Developer API stays off. Its Admins can ask again.</p>
  </ReasonDialog>
)
