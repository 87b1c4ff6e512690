'use client'

import { useQuery } from '@tanstack/react-query'
import { cx } from 'class-variance-authority'
import { KEY_CONCERNS } from '@/lib/contracts/key-terms'
import { browserClient } from '@/lib/queries/client'
import type { KeySearch } from '@/lib/queries/key-search'
import { keyConcernsQuery, type WireKeyConcerns } from '@/lib/queries/keys'

type Concern = NonNullable<KeySearch['concern']>

const LABELS: Record<Concern, string> = {
  expiring_30d: 'expire within 30 days',
  never_expires: 'never expire',
  idle_90d: 'idle for 90 days',
  never_used: 'never used',
  unused_writes: 'hold writes unused for 60 days',
}

/** "+" where there may be more than were looked at. */
const countOfConcern = ({ counts, among }: WireKeyConcerns, concern: Concern) =>
  `${counts[concern].toLocaleString('en-GB')}${among !== null && counts[concern] > 0 ? '+' : ''}`

type Props = { org: string; chosen: Concern | null; onChoose: (concern: Concern | null) => void }

/** What is worth a look among the keys in use; each leads to the keys that it is about, and back. */
export function KeyConcerns({ org, chosen, onChoose }: Props) {
  const { data } = useQuery(keyConcernsQuery(browserClient, org))
  return (
    <div className="flex flex-col gap-2">
      <fieldset className="grid grid-cols-2 border-line border-y sm:grid-cols-5">
        <legend className="sr-only">Worth a look</legend>
        {KEY_CONCERNS.map((concern) => (
          <button
            key={concern}
            type="button"
            aria-pressed={chosen === concern}
            onClick={() => onChoose(chosen === concern ? null : concern)}
            className={cx(
              'flex flex-col gap-0.5 px-3 py-2.5 text-left transition-colors hover:bg-hover max-sm:last:col-span-2 border-line sm:border-l sm:first-of-type:border-l-0',
              chosen === concern && 'bg-accent-soft',
            )}
          >
            <span className={cx('font-semibold text-lg', data?.counts[concern] === 0 && 'text-muted')}>
              {data ? countOfConcern(data, concern) : '–'}
            </span>
            <span className="text-muted text-sm">{LABELS[concern]}</span>
          </button>
        ))}
      </fieldset>
      {data && data.among !== null && (
        <p className="text-muted text-sm">Counted among the {data.among.toLocaleString('en-GB')} oldest keys in use.</p>
      )}
    </div>
  )
}
