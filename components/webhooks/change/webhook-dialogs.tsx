'use client'

import type { useOpened } from '@/components/hooks/use-opened'
import type { DialogFrame } from '@/components/ui/dialog'
import { Opened } from '@/components/ui/opened'
import { DeleteWebhookDialog } from '@/components/webhooks/change/delete-webhook-dialog'
import { EditWebhookDialog } from '@/components/webhooks/change/edit-webhook-dialog'
import { ReplayRangeDialog } from '@/components/webhooks/change/replay-range-dialog'
import { RotateSecretDialog } from '@/components/webhooks/change/rotate-secret-dialog'
import { SwitchWebhookDialog } from '@/components/webhooks/change/switch-webhook-dialog'
import type { WireWebhook } from '@/lib/queries/webhooks'

/** What can be done with a webhook, each by a dialog. */
export type WebhookAction = 'edit' | 'switch' | 'rotate' | 'replay' | 'delete'

export type WebhookDialogProps = { org: string; item: WireWebhook; frame: DialogFrame }

export type WebhookSubject = { action: WebhookAction; item: WireWebhook }

type Props = {
  org: string
  opened: ReturnType<typeof useOpened<WebhookSubject>>
  fallbackFocus: () => HTMLElement | null
  onDeleted: () => void
}

const DIALOGS = {
  edit: EditWebhookDialog,
  switch: SwitchWebhookDialog,
  rotate: RotateSecretDialog,
  replay: ReplayRangeDialog,
  delete: DeleteWebhookDialog,
}

/** The dialog that was asked for, fresh at each opening. */
export const WebhookDialogs = ({ org, opened, fallbackFocus, onDeleted }: Props) => (
  <Opened of={opened} fallbackFocus={fallbackFocus}>
    {({ action, item }, frame) => {
      const Asked = DIALOGS[action]
      return <Asked {...{ org, item, frame, onDeleted }} />
    }}
  </Opened>
)
