import { MINUTE_MS } from '@/lib/base/time'
import type { Transaction } from '@/lib/kernel/db/transaction'
import { CLOSE_PERCENT } from '@/lib/keys/authenticate/pressure'
import type { News } from '@/lib/people/notices/tell'
import { inUtc } from '@/lib/people/notices/words'

type Key = {
  id: string
  organization_id: string
  name: string
  key_prefix: string
  environment: 'live' | 'test'
  maker: string | null
}

const about = (kind: News['kind'], { organization_id, maker, ...key }: Key, note: string): News => {
  const { id, name, key_prefix, environment } = key
  const subject = { id, name, key_prefix, environment, note }
  return { organization_id, kind, maker, facts: { by: null, until: null }, subject }
}

/** The networks that keys were used from for the first time, each once. */
export async function takeNetworks(db: Transaction): Promise<News[]> {
  const rows = await db.$queryRaw<(Key & { network: string; address: string; seen_at: Date })[]>`
    UPDATE key_networks n SET news = false
    FROM api_keys k WHERE n.news AND k.id = n.key_id
    RETURNING k.id, k.organization_id, k.name, k.key_prefix, k.environment, k.created_by AS maker,
      n.network::text AS network, n.address, n.seen_at`
  return rows.map(({ network, address, seen_at, ...key }) =>
    about('key_network', key, `first used from ${network} on ${inUtc(seen_at)}, by ${address}`),
  )
}

/** For so long a key is close to its limit before anybody is told. */
const HELD_MINUTES = 5

/** Who is told once knows it for the day. */
const AGAIN_AFTER_HOURS = 24

/** Longer ago, and it is over. */
const RECENT_MS = 2 * MINUTE_MS

/** The keys that have been close to their limits for long enough, each once a day. */
export async function takePressures(db: Transaction): Promise<News[]> {
  const keys = await db.$queryRaw<Key[]>`
    UPDATE key_pressures p SET told_at = statement_timestamp()
    FROM api_keys k
    WHERE k.id = p.key_id AND NOT k.playground
      AND p.last_at > statement_timestamp() - ${RECENT_MS}::int * interval '1 ms'
      AND p.last_at - p.since >= make_interval(mins => ${HELD_MINUTES}::int)
      AND (p.told_at IS NULL OR p.told_at < statement_timestamp() - make_interval(hours => ${AGAIN_AFTER_HOURS}::int))
    RETURNING k.id, k.organization_id, k.name, k.key_prefix, k.environment, k.created_by AS maker`
  const note = `has used ${CLOSE_PERCENT} % of its limit, or more, for ${HELD_MINUTES} minutes`
  return keys.map((key) => about('key_limit', key, note))
}
