import type pg from 'pg'
import { openClient } from '@/lib/kernel/db/session'
import { generateKey, keyPrefix } from '@/lib/keys/format'
import { RESOURCES } from '@/lib/resources/register'
import { cookieOf } from '@/lib/testing/call'
import { columnsOf } from './data/numbered'
import { MEASURED_SLUG } from './data/people-rows'

/** Who calls: a key that may everything, an Admin of the organisation that is measured, and a platform admin. */
export type Visitors = { key: string; admin: string; platform: string }
export type Visitor = keyof Visitors

/** Older than every other row, so that no list begins with them. */
const PERSON = {
  admin: '00000000-0000-7000-8000-00000000000a',
  platform: '00000000-0000-7000-8000-00000000000b',
}
const KEY = '00000000-0000-7000-8000-00000000000c'

const STATEMENTS = `
  INSERT INTO users (id, email, name, platform_admin, created_at)
  VALUES ('${PERSON.admin}', 'admin@measuring.example', 'Measuring', false, '2000-01-01'),
         ('${PERSON.platform}', 'platform@measuring.example', 'Measuring', true, '2000-01-01')
  ON CONFLICT DO NOTHING;
  INSERT INTO memberships (organization_id, user_id, role, developer, created_at)
  SELECT id, '${PERSON.admin}', 'admin', true, '2000-01-01' FROM organizations WHERE slug = '${MEASURED_SLUG}'
  ON CONFLICT DO NOTHING;
  DELETE FROM api_keys WHERE id = '${KEY}';
  DELETE FROM sessions WHERE user_id IN ('${PERSON.admin}', '${PERSON.platform}')`

/** Older than what a run makes, and as old as the newest row that was filled in. */
const FILLED = `(SELECT created_at FROM organizations WHERE slug = '${MEASURED_SLUG}')`

/** What is referred to goes last. */
const TABLES = [...RESOURCES.flatMap(({ rows = [] }) => rows.map(({ table }) => table)).reverse(), 'api_keys']

/** Takes away what the changes of an earlier run have made: the first row of a list is again the one that has most. */
async function takeBack(client: pg.Client) {
  for (const table of TABLES) {
    const columns = new Set((await columnsOf(client, table)).map(({ name }) => name))
    if (!['organization_id', 'environment', 'created_at'].every((name) => columns.has(name))) continue
    await client.query(
      `DELETE FROM "${table}" WHERE created_at > ${FILLED} AND environment = 'live'
         AND organization_id = (SELECT id FROM organizations WHERE slug = '${MEASURED_SLUG}')`,
    )
  }
}

/** Lets them into a database as it was filled, anew each time: what they are let in by is kept nowhere. @param secret signs the cookies */
export async function admit(url: string, secret: string): Promise<Visitors> {
  const client = await openClient({ connectionString: url })
  try {
    await takeBack(client)
    await client.query(STATEMENTS)
    const key = generateKey('live')
    await client.query(
      `INSERT INTO api_keys (id, organization_id, lineage_id, environment, name, key_prefix, hash, scopes, created_at)
       SELECT $1, id, $1, 'live', 'Measuring', $2, sha256($3::bytea), ARRAY['admin'], '2000-01-01'
       FROM organizations WHERE slug = $4`,
      [KEY, keyPrefix(key), key, MEASURED_SLUG],
    )
    const { rows } = await client.query<{ id: string; user_id: string }>(
      `INSERT INTO sessions (id, user_id, expires_at, proved_at)
       SELECT gen_random_uuid(), id, now() + interval '1 day', now() FROM users WHERE id = ANY($1) RETURNING id, user_id`,
      [Object.values(PERSON)],
    )
    const cookie = (user_id: string) => cookieOf(rows.find((row) => row.user_id === user_id)?.id ?? '', secret)
    return { key, admin: await cookie(PERSON.admin), platform: await cookie(PERSON.platform) }
  } finally {
    await client.end()
  }
}
