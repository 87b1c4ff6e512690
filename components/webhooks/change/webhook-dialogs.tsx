'use client'

import type { useOpened } from '@/components/hooks/use-opened'
import { DeleteWebhookDialog } from '@/components/webhooks/change/delete-webhook-dialog'
import { EditWebhookDialog } from '@/components/webhooks/change/edit-webhook-dialog'
import { ReplayRangeDialog } from '@/components/webhooks/change/replay-range-dialog'
import { RotateSecretDialog } from '@/components/webhooks/change/rotate-secret-dialog'
import { SwitchWebhookDialog } from '@/components/webhooks/change/switch-webhook-dialog'
import type { WireWebhook } from '@/lib/queries/webhooks'

/** What can be done with a webhook, each by a dialog. */
export type WebhookAction = 'edit' | 'switch' | 'rotate' | 'replay' | 'delete'

export type WebhookDialogProps = {
  org: string
  item: WireWebhook
  open: boolean
  onClose: () => void
  returnFocus: () => HTMLElement | null
}

type Props = {
  org: string
  opened: ReturnType<typeof useOpened<{ action: WebhookAction; item: WireWebhook; trigger: HTMLElement }>>
  fallbackFocus: () => HTMLElement | null
  onDeleted: () => void
}

/** The dialog that was asked for, fresh at each opening. */
export function WebhookDialogs({ org, opened, fallbackFocus, onDeleted }: Props) {
  if (!opened.subject) return null
  const { action, item, trigger } = opened.subject
  const dialog = {
    org,
    item,
    open: opened.open,
    onClose: opened.close,
    returnFocus: () => (trigger.isConnected ? trigger : fallbackFocus()),
  }
  switch (action) {
    case 'edit':
      return <EditWebhookDialog key={opened.serial} {...dialog} />
    case 'switch':
      return <SwitchWebhookDialog key={opened.serial} {...dialog} />
    case 'rotate':
      return <RotateSecretDialog key={opened.serial} {...dialog} />
    case 'replay':
      return <ReplayRangeDialog key={opened.serial} {...dialog} />
    case 'delete':
      return <DeleteWebhookDialog key={opened.serial} {...dialog} onDeleted={onDeleted} />
  }
}
