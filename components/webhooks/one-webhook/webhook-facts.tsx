import { Facts } from '@/components/ui/facts'
import { Time } from '@/components/ui/time'
import type { WireWebhook } from '@/lib/queries/webhooks'
import { EVERY_EVENT } from '@/lib/work/webhooks/contract'

/** `*` in words, and by their names what it does not hold. */
function Events({ events }: { events: readonly string[] }) {
  const named = events.filter((type) => type !== EVERY_EVENT)
  return (
    <>
      {named.length < events.length && (named.length > 0 ? 'Every event, ' : 'Every event')}
      {named.length > 0 && <code className="font-mono text-sm">{named.join(', ')}</code>}
    </>
  )
}

/** What is sent, and by which secret. */
export const WebhookFacts = ({ item }: { item: WireWebhook }) => (
  <div className="border-line border-b pb-6">
    <Facts
      look="columns"
      wide
      facts={[
        {
          name: 'Events',
          value: <Events events={item.events} />,
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
