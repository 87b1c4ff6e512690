import type { WireDelivery, WireWebhook } from '@/lib/queries/webhooks'
import { EVERY_EVENT } from '@/lib/work/webhooks/contract'

export const DELIVERY_LABELS: Record<WireDelivery['status'], string> = {
  pending: 'Waiting',
  delivered: 'Delivered',
  failed: 'Failed',
}

/** The state of a webhook in a word. */
export function webhookState({ enabled, disabled_reason, failing_since }: WireWebhook): string {
  if (enabled) return failing_since ? 'Failing' : 'Enabled'
  return disabled_reason === 'by_hand' ? 'Disabled' : 'Disabled by us'
}

/** What it is sent, in a few words. */
export function summarizeEvents(events: readonly string[]): string {
  if (events.includes(EVERY_EVENT)) return 'Every event'
  const [first] = events
  return events.length === 1 && first ? first : `${events.length} events`
}
