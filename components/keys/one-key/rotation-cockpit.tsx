'use client'

import { useQuery } from '@tanstack/react-query'
import type { StartAction } from '@/components/keys/actions/use-key-actions'
import { lastCaller } from '@/components/keys/describe-calls'
import { HourBars } from '@/components/keys/one-key/key-calls'
import { rotationAdvice, trafficOf } from '@/components/keys/traffic'
import { Button } from '@/components/ui/button'
import { PageLink } from '@/components/ui/page-link'
import { Time } from '@/components/ui/time'
import { browserClient } from '@/lib/queries/client'
import { keyQuery, keyUsageQuery, type WireKey, type WireKeyUsage } from '@/lib/queries/keys'

type Props = { org: string; item: WireKey; forbidden: string | undefined; onAction: StartAction }

/** Of a rotated key: who still uses the old one, live, until nobody does and it can go. */
export function RotationCockpit({ org, item, forbidden, onAction }: Props) {
  const usage = useQuery(keyUsageQuery(browserClient, org, item.id))
  if (!item.rotated_at || !item.retires_at) return null
  const retiring = item.status === 'retiring'
  return (
    <section aria-labelledby="rotation" className="flex flex-col gap-4 border-line border-b pb-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <h2 id="rotation" className="font-semibold">
            Rotation
          </h2>
          <p className="text-muted">
            {retiring ? (
              <>
                This old key is accepted for its grace, which ends <Time at={item.retires_at} />.
              </>
            ) : (
              'This old key is no longer accepted.'
            )}
          </p>
        </div>
        {retiring && (
          <Button reason={forbidden} onClick={(event) => onAction('revoke', item, event.currentTarget)}>
            Revoke old key now
          </Button>
        )}
      </div>
      {retiring && usage.data && <Advice item={item} usage={usage.data} />}
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        <div className="flex flex-col gap-2">
          <h3 className="text-muted text-sm">This old key</h3>
          <HourBars usage={usage.data} />
        </div>
        {item.successor_id && <Successor org={org} id={item.successor_id} />}
      </div>
    </section>
  )
}

const Advice = ({ item, usage }: { item: WireKey; usage: WireKeyUsage }) => (
  <p role="status" className="break-words">
    {rotationAdvice(trafficOf(usage), lastCaller(item))}
  </p>
)

function Successor({ org, id }: { org: string; id: string }) {
  const successor = useQuery(keyQuery(browserClient, org, id))
  const usage = useQuery(keyUsageQuery(browserClient, org, id))
  return (
    <div className="flex flex-col gap-2">
      <h3 className="text-muted text-sm">
        <PageLink href={`/orgs/${org}/settings/api-keys/${id}`} className="text-accent underline">
          Its successor
        </PageLink>{' '}
        {successor.data && <code className="font-mono">{successor.data.key_prefix}</code>}
      </h3>
      <HourBars usage={usage.data} />
    </div>
  )
}
