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

/** What it is sent, in a few words. Of the audit log every event is sent beside `*`, by a name of its own. */
export function summarizeEvents(events: readonly string[]): string {
  const named = events.filter((type) => type !== EVERY_EVENT)
  const [first] = named
  const those = named.length === 1 && first ? first : `${named.length} events`
  if (named.length === events.length) return those
  return named.length === 0 ? 'Every event' : `Every event, ${those}`
}
