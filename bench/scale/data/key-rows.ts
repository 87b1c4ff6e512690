import type pg from 'pg'
import { PLAYGROUND_KEY_NAME } from '@/lib/keys/contract'
import { type Sizes, sizeOf } from '../sizes'
import { CAME_AT, idOf, insert, numbered, organizationId } from './numbered'
import { RARE_WORD } from './resource-rows'

type Fill = (client: pg.ClientBase, sizes: Sizes) => Promise<number>

const ID = `pg_temp.id_of('api_keys', tenant, n, size)`
const newer = (by: number) => `pg_temp.id_of('api_keys', tenant, n - ${by}, size)`
const older = (by: number) => `pg_temp.id_of('api_keys', tenant, n + ${by}, size)`

/**
 * What a key has come to, by the last two digits of its number; the others are simply in use. A rotated key is one older
 * than its successor; 13, 12 and 11 are three of one lineage.
 */
const SHAPE = '(n % 100)'
const REVOKED = `${SHAPE} < 3`
const EXPIRED = `${SHAPE} BETWEEN 3 AND 5`
const ROTATED = `${SHAPE} IN (8, 13, 18)`
const RETIRING = `${SHAPE} = 12`
const PLAYGROUND = `${SHAPE} = 14`
const EXPIRING = `${SHAPE} = 15`
const EXPIRES_LATER = `${SHAPE} BETWEEN 20 AND 49`

const LINEAGE = `CASE ${SHAPE} WHEN 7 THEN ${older(1)} WHEN 12 THEN ${older(1)} WHEN 11 THEN ${older(2)} WHEN 17 THEN ${older(1)} ELSE ${ID} END`

const keys: Fill = (client, sizes) =>
  insert(
    client,
    'api_keys',
    {
      id: ID,
      organization_id: organizationId(sizes),
      lineage_id: LINEAGE,
      environment: `(CASE WHEN ${PLAYGROUND} OR n % 10 = 9 THEN 'test' ELSE 'live' END)::environment`,
      name: `CASE WHEN ${PLAYGROUND} THEN '${PLAYGROUND_KEY_NAME}'
        WHEN n >= size * 0.9 THEN '${RARE_WORD} sync ' || n
        ELSE (ARRAY['crm-sync', 'nightly export', 'billing', 'Warehouse'])[1 + n % 4] || ' ' || n END`,
      key_prefix: `'lk_live_' || left(md5(concat_ws('/', tenant, n)), 6)`,
      hash: `sha256(concat_ws('/', 'key', tenant, n)::bytea)`,
      scopes: `CASE n % 5 WHEN 0 THEN ARRAY['contacts:read', 'contacts:write'] WHEN 1 THEN ARRAY['read:all'] ELSE ARRAY['contacts:read'] END`,
      allowed_ips: `CASE n % 4 WHEN 0 THEN ARRAY[('203.0.113.' || n % 250)::inet, ('198.51.100.' || n % 250)::inet] ELSE '{}' END`,
      // Three tenths are one member's where it is measured; of every twentieth nobody knows who made it.
      created_by: `CASE WHEN n % 20 = 19 THEN NULL WHEN n % 10 < 3 THEN ${idOf(sizes, 'users', '0')} ELSE ${idOf(sizes, 'users', 'n')} END`,
      created_with: `CASE WHEN n % 20 = 19 THEN 'CLI' END`,
      created_at: CAME_AT,
      updated_at: CAME_AT,
      expires_at: `CASE WHEN ${EXPIRED} THEN least(${CAME_AT} + interval '10 days', now() - interval '1 minute')
        WHEN ${PLAYGROUND} THEN ${CAME_AT} + interval '1 hour'
        WHEN ${EXPIRING} THEN greatest(now(), ${CAME_AT} + interval '10 days') + interval '3 days'
        WHEN ${EXPIRES_LATER} THEN now() + (n % 300 + 10) * interval '1 day' END`,
      rotated_at: `CASE WHEN ${ROTATED} OR ${RETIRING} THEN pg_temp.came_at(n - 1, size) END`,
      retires_at: `CASE WHEN ${ROTATED} THEN pg_temp.came_at(n - 1, size) + interval '1 second' WHEN ${RETIRING} THEN now() + interval '3 days' END`,
      successor_id: `CASE WHEN ${ROTATED} OR ${RETIRING} THEN ${newer(1)} END`,
      revoked_at: `CASE WHEN ${REVOKED} THEN ${CAME_AT} + interval '30 minutes' END`,
      revoked_reason: `CASE WHEN ${REVOKED} THEN 'No longer needed.' END`,
      leaked: `${SHAPE} = 1`,
      playground: PLAYGROUND,
    },
    numbered(sizes, sizeOf(sizes, 'api_keys')),
  )

const ofKeys = (sizes: Sizes, condition: string, more = '') =>
  `${numbered(sizes, sizeOf(sizes, 'api_keys'))}${more} WHERE ${condition}`

const lastUses: Fill = (client, sizes) =>
  insert(
    client,
    'key_last_uses',
    {
      key_id: ID,
      used_at: `greatest(${CAME_AT}, now() - (n % 200) * interval '1 day')`,
      address: `'203.0.113.' || n % 250`,
      user_agent: `'sync/1.0'`,
    },
    ofKeys(sizes, 'n % 10 < 7'),
  )

/** Forty hours in a hundred days for every twentieth key: the oldest tenth is no longer shown. */
const usage: Fill = (client, sizes) =>
  insert(
    client,
    'key_usage',
    {
      key_id: ID,
      hour: `date_trunc('hour', now()) - h * interval '60 hours'`,
      scope: `'contacts:read'`,
      outcome: `(CASE h % 10 WHEN 9 THEN 'refused' ELSE 'succeeded' END)::usage_outcome`,
      calls: '1 + n % 500',
    },
    ofKeys(sizes, 'n % 20 = 0', ', generate_series(0, 39) h'),
  )

/** Of every tenth key, and of as many again whose keys are gone. */
const windows: Fill = async (client, sizes) => {
  const window = { second: 'extract(epoch FROM now())::bigint - 600', used: '0', counts: 'array_fill(0, ARRAY[61])' }
  const there = await insert(client, 'rate_windows', { lineage_id: ID, ...window }, ofKeys(sizes, 'n % 10 = 0'))
  const gone = await insert(
    client,
    'rate_windows',
    { lineage_id: 'gen_random_uuid()', ...window },
    ofKeys(sizes, 'n % 10 = 0'),
  )
  return there + gone
}

/** That every second key was made; the newest one of all has a long history. */
const audit: Fill = (client, sizes) =>
  insert(
    client,
    'audit_entries',
    {
      id: 'gen_random_uuid()',
      organization_id: organizationId(sizes),
      at: `${CAME_AT} + i * interval '1 second'`,
      actor_kind: `'person'`,
      actor_id: idOf(sizes, 'users', '0'),
      actor_label: `'user@organization.example'`,
      action: `CASE i WHEN 0 THEN 'api_key.created' ELSE 'api_key.updated' END`,
      target_kind: `'api_key'`,
      target_id: ID,
      target_label: `'lk_live_' || left(md5(concat_ws('/', tenant, n)), 6)`,
    },
    ofKeys(sizes, 'n % 2 = 0', `, generate_series(0, CASE n WHEN 0 THEN size / 10 ELSE 0 END) i`),
  )

const idempotency: Fill = (client, sizes) =>
  insert(
    client,
    'idempotency_records',
    {
      lineage_id: ID,
      key: `'request-' || n`,
      fingerprint: `sha256(n::text::bytea)`,
      status: '200',
      body: `'{}'`,
      expires_at: `now() + CASE n % 2 WHEN 0 THEN 1 ELSE -1 END * interval '12 hours'`,
    },
    ofKeys(sizes, 'n % 5 < 1 OR n % 10 = 7'),
  )

/** Keys in every state, and what their use leaves behind. */
export const KEY_ROWS: [what: string, fill: Fill][] = [
  ['api_keys', keys],
  ['key_last_uses', lastUses],
  ['key_usage', usage],
  ['rate_windows', windows],
  ['audit_entries', audit],
  ['idempotency_records', idempotency],
]
