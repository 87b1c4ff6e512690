'use client'

import { useQuery } from '@tanstack/react-query'
import { lastCaller } from '@/components/keys/describe-calls'
import { trafficOf, trafficWarning } from '@/components/keys/traffic'
import { Notice } from '@/components/ui/notice'
import { Time } from '@/components/ui/time'
import { browserClient } from '@/lib/queries/client'
import { keyUsageQuery, type WireKey } from '@/lib/queries/keys'

/** Who would notice: names the last use before a key is taken away, and warns where calls still come. */
export function KeyTraffic({ org, item }: { org: string; item: WireKey }) {
  const { data: usage } = useQuery(keyUsageQuery(browserClient, org, item.id))
  if (!item.last_used_at) return <p className="text-muted">It has never been used.</p>
  const caller = lastCaller(item)
  const last = (
    <p className="break-words text-muted">
      Last used <Time at={item.last_used_at} past />
      {caller && ` ${caller}`}.
    </p>
  )
  const warning = usage ? trafficWarning(trafficOf(usage)) : null
  if (warning === null) return last
  return (
    <Notice look="warning" title={warning}>
      {last}
    </Notice>
  )
}
