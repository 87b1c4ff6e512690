import { trafficInWords, trafficOfDays } from '@/components/keys/traffic'
import { Bars } from '@/components/ui/bars'

/** The calls of seven days, the last of which ends now. */
export function KeyCallsByDay({ calls }: { calls: number[] }) {
  const traffic = trafficOfDays({ calls_by_day: calls })
  if (traffic.week === 0) return <span className="text-muted">None</span>
  return (
    <span className="flex items-center gap-2">
      <Bars values={calls} label={trafficInWords(traffic)} className="h-4 w-7" />
      <span aria-hidden="true">{traffic.week.toLocaleString('en-GB')}</span>
    </span>
  )
}
