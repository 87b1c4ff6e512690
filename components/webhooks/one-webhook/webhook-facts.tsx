import { Facts } from '@/components/ui/facts'
import { Time } from '@/components/ui/time'
import type { WireWebhook } from '@/lib/queries/webhooks'
import { EVERY_EVENT } from '@/lib/work/webhooks/contract'

/** What is sent, and by which secret. */
export const WebhookFacts = ({ item }: { item: WireWebhook }) => (
  <div className="border-line border-b pb-6">
    <Facts
      look="columns"
      wide
      facts={[
        {
          name: 'Events',
          value: item.events.includes(EVERY_EVENT) ? (
            'Every event'
          ) : (
            <code className="font-mono text-sm">{item.events.join(', ')}</code>
          ),
        },
        {
          name: 'Signing secret',
          value: item.previous_secret_until ? (
            <>
              Two, until <Time at={item.previous_secret_until} />
            </>
          ) : (
            'One; shown once, when it was made.'
          ),
        },
        { name: 'Created', value: <Time at={item.created_at} past /> },
      ]}
    />
  </div>
)
