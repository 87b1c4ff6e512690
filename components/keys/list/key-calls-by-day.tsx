import { callsOf } from '@/components/keys/describe-calls'
import { Bars } from '@/components/ui/bars'

/** The calls of seven days, the last of which ends now. */
export function KeyCallsByDay({ calls }: { calls: readonly number[] }) {
  const sum = calls.reduce((one, other) => one + other, 0)
  if (sum === 0) return <span className="text-muted">None</span>
  return (
    <span className="flex items-center gap-2">
      <Bars
        values={calls}
        label={`${callsOf(sum)} in 7 days, ${(calls.at(-1) ?? 0).toLocaleString('en-GB')} in the last`}
        className="h-4 w-7"
      />
      <span aria-hidden="true">{sum.toLocaleString('en-GB')}</span>
    </span>
  )
}
