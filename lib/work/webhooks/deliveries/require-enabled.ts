import { DomainError } from '@/lib/base/errors'
import type { WebhookRow } from '@/lib/work/webhooks/subscriptions/rows'

/** @throws DomainError wrong_state: what is asked for would wait, unseen, until somebody enables it */
export function requireEnabled({ enabled }: Pick<WebhookRow, 'enabled'>): void {
  if (!enabled) throw new DomainError('wrong_state', 'This webhook is disabled. Enable it first.')
}
