import { gauge } from '@/lib/base/node/metrics'
import { pool } from '@/lib/kernel/db/client'
import { type WriteBehind, writeBehind } from '@/lib/kernel/db/write-behind'
import { noteNetworks } from '@/lib/keys/authenticate/networks'

/**
 * Last uses live in a table of their own, so that a late one can alter nothing about a key; one for a key that is gone
 * is dropped.
 */

type Use = { at: Date; address: string | null; user_agent: string | null }
type LastUse = Use & { key_id: string }

// Next bundles its own copy of this module: one instance on globalThis serves both module graphs.
declare global {
  var latchkeyLastUses: WriteBehind<LastUse> | undefined
}

function lastUses(): WriteBehind<LastUse> {
  globalThis.latchkeyLastUses ??= writeBehind({ merge: (_, newer) => newer, write })
  return globalThis.latchkeyLastUses
}

gauge({ name: 'latchkey_buffered_last_uses', help: 'Last uses of keys that wait to be written.' }, () => [
  { value: globalThis.latchkeyLastUses?.size ?? 0 },
])

/** Notes that a key was used, and from where; written behind the reply. */
export const recordLastUse = (key_id: string, use: Use): void =>
  lastUses().add(`${key_id} ${use.address}`, { ...use, key_id })

/** Writes what is noted. Never throws. */
export const flushLastUses = (): Promise<void> => lastUses().flush()

async function write(uses: LastUse[]) {
  await writeLast(newestOfEach(uses))
  await noteNetworks(uses)
}

/** What is noted of a key from several addresses is one last use. In the order of the keys. */
function newestOfEach(uses: LastUse[]): LastUse[] {
  const newest = new Map<string, LastUse>()
  for (const use of uses) {
    const other = newest.get(use.key_id)
    if (!other || other.at <= use.at) newest.set(use.key_id, use)
  }
  return [...newest.values()]
}

async function writeLast(uses: LastUse[]) {
  await pool().query(
    `INSERT INTO key_last_uses AS u (key_id, used_at, address, user_agent)
     SELECT new.key_id, new.used_at, new.address, new.user_agent
     FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[]) AS new (key_id, used_at, address, user_agent)
     JOIN api_keys k ON k.id = new.key_id
     ORDER BY new.key_id
     FOR KEY SHARE OF k
     ON CONFLICT (key_id) DO UPDATE
     SET used_at = excluded.used_at, address = excluded.address, user_agent = excluded.user_agent
     WHERE u.used_at < excluded.used_at`,
    [
      uses.map(({ key_id }) => key_id),
      uses.map(({ at }) => at),
      uses.map(({ address }) => address),
      uses.map(({ user_agent }) => user_agent),
    ],
  )
}
