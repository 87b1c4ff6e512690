import { gauge } from '@/lib/base/node/metrics'
import { pool } from '@/lib/kernel/db/client'
import { type WriteBehind, writeBehind } from '@/lib/kernel/db/write-behind'
import { type RateWindow, WINDOW_SECONDS } from '@/lib/keys/authenticate/rate-window'

/** Of its limit, what a key has used when it is close to it: so much of a hundred. */
export const CLOSE_PERCENT = 80

type Pressure = { key_id: string; since: Date; last_at: Date }

// Next bundles its own copy of this module: one instance on globalThis serves both module graphs.
declare global {
  var latchkeyPressures: WriteBehind<Pressure> | undefined
}

function pressures(): WriteBehind<Pressure> {
  globalThis.latchkeyPressures ??= writeBehind({ merge: (older, { last_at }) => ({ ...older, last_at }), write })
  return globalThis.latchkeyPressures
}

gauge({ name: 'latchkey_buffered_pressures', help: 'Keys close to their limits that wait to be written.' }, () => [
  { value: globalThis.latchkeyPressures?.size ?? 0 },
])

/** Notes, behind the reply, that a key is close to its limit, where it is. */
export function recordPressure(key_id: string, at: Date, { limit, remaining }: RateWindow): void {
  if ((limit - remaining) * 100 < limit * CLOSE_PERCENT) return
  pressures().add(key_id, { key_id, since: at, last_at: at })
}

/** Writes what is noted. Never throws. */
export const flushPressures = async (): Promise<void> => globalThis.latchkeyPressures?.flush()

/** What was used leaves the window by then: a key of which no more is heard is close to its limit no more. */
async function write(noted: Pressure[]) {
  await pool().query(
    `INSERT INTO key_pressures AS p (key_id, since, last_at)
     SELECT new.key_id, new.since, new.last_at
     FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) AS new (key_id, since, last_at)
     JOIN api_keys k ON k.id = new.key_id
     ORDER BY new.key_id
     FOR KEY SHARE OF k
     ON CONFLICT (key_id) DO UPDATE SET
       since = CASE WHEN excluded.since > p.last_at + $4::int * interval '1 s' THEN excluded.since
         ELSE least(p.since, excluded.since) END,
       last_at = greatest(p.last_at, excluded.last_at)`,
    [
      noted.map(({ key_id }) => key_id),
      noted.map(({ since }) => since),
      noted.map(({ last_at }) => last_at),
      WINDOW_SECONDS,
    ],
  )
}
