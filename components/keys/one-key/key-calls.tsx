'use client'

import { useQuery } from '@tanstack/react-query'
import { useHydrated } from '@/components/hooks/use-hydrated'
import { trafficInWords, trafficOf } from '@/components/keys/traffic'
import { Bars } from '@/components/ui/bars'
import { localTime } from '@/components/ui/instant'
import { Skeleton } from '@/components/ui/skeleton'
import type { UsageOutcome } from '@/lib/keys/usage/contract'
import { browserClient } from '@/lib/queries/client'
import { keyUsageQuery, type WireKey, type WireKeyUsage } from '@/lib/queries/keys'

const OUTCOMES: { outcome: UsageOutcome; label: string }[] = [
  { outcome: 'succeeded', label: 'Succeeded' },
  { outcome: 'refused', label: 'Refused' },
  { outcome: 'limited', label: 'Over the limit' },
  { outcome: 'failed', label: 'Failed' },
]

const SPANS: { span: keyof WireKeyUsage['spans']; label: string }[] = [
  { span: 'day', label: '24 hours' },
  { span: 'week', label: '7 days' },
  { span: 'month', label: '30 days' },
]

/** How much the key is used, and what has become of its calls. Shows nothing of a key that has not been called. */
export function KeyCalls({ org, item }: { org: string; item: WireKey }) {
  const { data: usage } = useQuery(keyUsageQuery(browserClient, org, item.id))
  if (!usage || OUTCOMES.every(({ outcome }) => usage.spans.month[outcome] === 0)) return null
  return (
    <section aria-labelledby="key-calls" className="flex flex-col gap-3 border-line border-b pb-6">
      <h2 id="key-calls" className="font-semibold">
        Calls
      </h2>
      <div className="grid items-start gap-x-8 gap-y-4 lg:grid-cols-[1fr_20rem]">
        <table className="w-full border-collapse text-right">
          <caption className="sr-only">Calls by outcome</caption>
          <thead>
            <tr className="text-muted text-sm">
              <th scope="col" className="pb-1 text-left font-normal">
                Last
              </th>
              {OUTCOMES.map(({ outcome, label }) => (
                <th key={outcome} scope="col" className="pb-1 pl-3 font-normal">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {SPANS.map(({ span, label }) => (
              <tr key={span} className="border-line border-t">
                <th scope="row" className="whitespace-nowrap py-1 text-left font-normal">
                  {label}
                </th>
                {OUTCOMES.map(({ outcome }) => (
                  <td key={outcome} className={usage.spans[span][outcome] === 0 ? 'text-muted' : undefined}>
                    {usage.spans[span][outcome].toLocaleString('en-GB')}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {/* A rotated key's are in the cockpit, beside its successor's. */}
        {!item.rotated_at && <HourBars usage={usage} />}
      </div>
    </section>
  )
}

/** The calls of each of the last twenty-four hours; their place, until they have come. */
export function HourBars({ usage }: { usage: WireKeyUsage | undefined }) {
  // The server does not know the reader's zone.
  const hydrated = useHydrated()
  const [first] = usage?.hours ?? []
  const words = usage && trafficInWords(trafficOf(usage))
  return (
    <div className="flex flex-col gap-1">
      {usage ? (
        <Bars
          values={usage.hours.map(({ calls }) => calls)}
          label={`Calls by the hour, over 24 hours. ${words}.`}
          className="h-10 w-full"
        />
      ) : (
        <Skeleton className="h-10 w-full" />
      )}
      <p className="flex min-h-4 justify-between gap-4 text-muted text-xs">
        <span>{hydrated && first && localTime(Date.parse(first.at))}</span>
        <span>Now</span>
      </p>
      <p className="min-h-5 text-muted text-sm">{words}</p>
    </div>
  )
}
