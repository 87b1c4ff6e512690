'use client'

import { cx } from 'class-variance-authority'
import { useNow } from '@/components/providers/now'
import { localTime, relativeTime, utcTime } from '@/components/ui/instant'
import { Tooltip } from '@/components/ui/tooltip'

type Props = {
  /** ISO 8601. */
  at: string
  /** It lies in the past by its nature: a reader's clock that lags must not make it "in 3 minutes". */
  past?: boolean
  className?: string
}

/** A time, relative; focus or hover shows it exactly, in the reader's zone and in UTC. */
export function Time({ at, past, className }: Props) {
  const now = useNow()
  const instant = Date.parse(at)
  return (
    <Tooltip text={<Exact at={instant} />}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the exact time must be reachable by keyboard */}
      <time dateTime={at} tabIndex={0} className={cx('rounded-xs whitespace-nowrap', className)}>
        {relativeTime(past ? Math.min(instant, now) : instant, now)}
      </time>
    </Tooltip>
  )
}

function Exact({ at }: { at: number }) {
  const [local, utc] = [localTime(at), utcTime(at)]
  return (
    <>
      {local !== utc && <span className="block">{local}</span>}
      <span className="block">{utc}</span>
    </>
  )
}
