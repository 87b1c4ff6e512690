import type { ReactNode } from 'react'
import { Time } from '@/components/ui/time'
import type { WireWebhook } from '@/lib/queries/webhooks'
import { EVERY_EVENT } from '@/lib/work/webhooks/contract'

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className="min-w-0">
    <dt className="text-muted text-sm">{label}</dt>
    <dd className="break-words">{children}</dd>
  </div>
)

/** What is sent, and by which secret. */
export const WebhookFacts = ({ item }: { item: WireWebhook }) => (
  <dl className="grid gap-x-8 gap-y-4 border-line border-b pb-6 sm:grid-cols-2 lg:grid-cols-3">
    <Fact label="Events">
      {item.events.includes(EVERY_EVENT) ? (
        'Every event'
      ) : (
        <code className="font-mono text-sm">{item.events.join(', ')}</code>
      )}
    </Fact>
    <Fact label="Signing secret">
      {item.previous_secret_until ? (
        <>
          Two, until <Time at={item.previous_secret_until} />
        </>
      ) : (
        'One; shown once, when it was made.'
      )}
    </Fact>
    <Fact label="Created">
      <Time at={item.created_at} past />
    </Fact>
  </dl>
)
