import { z } from 'zod'
import { instant } from '@/lib/contracts/fields'

/** Browser-safe: how the use of a key is told. */

/** What became of a call: 2xx and 3xx; 4xx; 429; 5xx. */
const usageOutcome = z.enum(['succeeded', 'refused', 'limited', 'failed'])
export type UsageOutcome = z.output<typeof usageOutcome>

/** A day here is 24 hours that end with the current one, so that no zone decides what a day is. */
export const SHOWN_DAYS = 7
export const SHOWN_HOURS = 24
/** A scope that no call has needed for this long counts as unused. */
export const UNUSED_DAYS = 60

const calls = z.object({ succeeded: z.int(), refused: z.int(), limited: z.int(), failed: z.int() })
export type Calls = z.output<typeof calls>

/** Calls in each of the last seven days, the oldest first. */
export const callsByDay = z.array(z.int()).length(SHOWN_DAYS)

export const keyUsage = z.object({
  hours: z.array(z.object({ at: instant(), calls: z.int() })).length(SHOWN_HOURS),
  spans: z.object({ day: calls, week: calls, month: calls }),
  /** The scopes that calls needed in the last sixty days, whether the key had them or not. */
  scopes: z.array(z.object({ scope: z.string(), calls: z.int(), last_hour: instant() })),
})
export type KeyUsage = z.output<typeof keyUsage>
