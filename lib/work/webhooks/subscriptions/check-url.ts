import { validationFailed } from '@/lib/base/errors'
import { objectionTo } from '@/lib/work/webhooks/guard/receiver-address'

/** @throws DomainError validation_failed for a URL that nothing would be sent to */
export function requireReceiverUrl(url: string): void {
  const message = objectionTo(url)
  if (message !== null) throw validationFailed([{ path: 'url', message }])
}
