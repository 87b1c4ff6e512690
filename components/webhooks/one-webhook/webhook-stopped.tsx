import { Notice } from '@/components/ui/notice'
import { Time } from '@/components/ui/time'
import type { WireWebhook } from '@/lib/queries/webhooks'

const WHY = {
  gone: 'The receiver answered 410, which asks for that.',
  failing: 'Nothing has arrived for five days.',
} as const

/** Says that nothing more is sent, or soon will not be, where that was not a person's decision. */
export function WebhookStopped({
  item: { enabled, disabled_reason, disabled_at, failing_since },
}: {
  item: WireWebhook
}) {
  if (!enabled && disabled_at && (disabled_reason === 'gone' || disabled_reason === 'failing')) {
    return (
      <Notice look="danger" title="This webhook was disabled">
        <p>
          {WHY[disabled_reason]} Since <Time at={disabled_at} past /> nothing is sent. Once the receiver is mended,
          enable it, and send again what failed.
        </p>
      </Notice>
    )
  }
  if (!enabled || !failing_since) return null
  return (
    <Notice look="warning" title="The receiver fails">
      <p>
        Nothing has arrived since <Time at={failing_since} past />. After five days it is disabled.
      </p>
    </Notice>
  )
}
