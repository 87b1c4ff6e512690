import { gauge } from '@/lib/base/node/metrics'
import { HOUR_MS } from '@/lib/base/time'
import { pool } from '@/lib/kernel/db/client'
import { type WriteBehind, writeBehind } from '@/lib/kernel/db/write-behind'
import type { UsageOutcome } from '@/lib/keys/usage/contract'

/**
 * Calls are counted by key, hour, needed scope and outcome. A write that failed is repeated: where the connection broke
 * after the commit its calls count twice. A process that is killed loses what half a second gathered.
 */

type Usage = { key_id: string; hour: Date; scope: string; outcome: UsageOutcome; calls: number }

// Next bundles its own copy of this module: one instance on globalThis serves both module graphs.
declare global {
  var latchkeyUsage: WriteBehind<Usage> | undefined
}

function usage(): WriteBehind<Usage> {
  globalThis.latchkeyUsage ??= writeBehind({
    merge: (older, newer) => ({ ...newer, calls: older.calls + newer.calls }),
    write,
  })
  return globalThis.latchkeyUsage
}

gauge({ name: 'latchkey_buffered_usage', help: 'Counts of calls that wait to be written.' }, () => [
  { value: globalThis.latchkeyUsage?.size ?? 0 },
])

/** The start of the hour, by UTC. */
export const hourOf = (at: Date): Date => new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS)

type Call = {
  /** By the database's clock. */
  at: Date
  /** What the operation needed; null: nothing, or the call never came to an operation. */
  scope: string | null
  /** Of the reply. */
  status: number
}

/** What became of a call, by the status of its reply. */
export function usageOutcomeOf(status: number): UsageOutcome {
  if (status === 429) return 'limited'
  if (status >= 500) return 'failed'
  return status >= 400 ? 'refused' : 'succeeded'
}

/** Counts a call of a key; written behind the reply. */
export function recordCall(key_id: string, call: Call): void {
  const hour = hourOf(call.at)
  const scope = call.scope ?? ''
  const outcome = usageOutcomeOf(call.status)
  usage().add(`${key_id} ${hour.getTime()} ${scope} ${outcome}`, { key_id, hour, scope, outcome, calls: 1 })
}

/** Writes what is counted. Never throws. */
export const flushUsage = (): Promise<void> => usage().flush()

async function write(counts: Usage[]) {
  await pool().query(
    `INSERT INTO key_usage AS u (key_id, hour, scope, outcome, calls)
     SELECT new.key_id, new.hour, new.scope, new.outcome, new.calls
     FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::usage_outcome[], $5::int[])
       AS new (key_id, hour, scope, outcome, calls)
     JOIN api_keys k ON k.id = new.key_id
     ORDER BY new.key_id, new.hour, new.scope, new.outcome
     FOR KEY SHARE OF k
     ON CONFLICT (key_id, hour, scope, outcome) DO UPDATE SET calls = u.calls + excluded.calls`,
    [
      counts.map(({ key_id }) => key_id),
      counts.map(({ hour }) => hour),
      counts.map(({ scope }) => scope),
      counts.map(({ outcome }) => outcome),
      counts.map(({ calls }) => calls),
    ],
  )
}
