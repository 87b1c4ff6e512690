import { REMINDER_DAYS } from '@/lib/contracts/key-terms'
import { Prisma } from '@/lib/kernel/db/generated/client'
import type { Transaction } from '@/lib/kernel/db/transaction'
import { inUseSql } from '@/lib/keys/ends'
import type { News } from '@/lib/people/notices/tell'
import { inUtc } from '@/lib/people/notices/words'

const stages = Prisma.sql`
  (SELECT days, make_interval(days => days) AS ahead FROM unnest(${REMINDER_DAYS}::int[]) AS days) AS s`

/** Keys of which to remind `s.days` before: in use, made for longer, no playground's, and not reminded of so late before. */
const remindable = Prisma.sql`
  k.expires_at - k.created_at > s.ahead AND NOT k.playground AND k.rotated_at IS NULL AND k.revoked_at IS NULL
  AND ${inUseSql('k')} AND NOT EXISTS (SELECT FROM key_reminders r WHERE r.key_id = k.id AND r.days <= s.days)`

type Reminded = {
  id: string
  organization_id: string
  name: string
  key_prefix: string
  environment: 'live' | 'test'
  maker: string | null
  expires_at: Date
  until: Date
}

/**
 * The keys of which to remind now, each once for each number of days: the row that says so is made by whoever comes first of
 * all processes, by the database's clock. The first key of an organisation that is due brings along all that expire on
 * the same day, so that ten thousand of them are one notice. Whoever is late for a reminder gets the next. An organisation that may not use the API is not reminded.
 */
export async function takeReminders(db: Transaction): Promise<News[]> {
  const keys = await db.$queryRaw<Reminded[]>`
    WITH days AS MATERIALIZED (
      SELECT DISTINCT ON (k.organization_id, day) k.organization_id, s.days, s.ahead, day
      FROM ${stages}
      JOIN api_keys k ON k.expires_at > statement_timestamp() AND k.expires_at <= statement_timestamp() + s.ahead
      JOIN organizations o ON o.id = k.organization_id AND o.developer_api
      CROSS JOIN date_trunc('day', k.expires_at, 'UTC') AS day
      WHERE ${remindable}
      ORDER BY k.organization_id, day, s.days
    ), told AS (
      INSERT INTO key_reminders (key_id, days, told_at)
      SELECT k.id, s.days, statement_timestamp() FROM days s
      JOIN api_keys k ON k.organization_id = s.organization_id
        AND k.expires_at >= s.day AND k.expires_at < s.day + interval '1 day'
      WHERE ${remindable}
      ON CONFLICT (key_id, days) DO NOTHING
      RETURNING key_id, days
    )
    SELECT k.id, k.organization_id, k.name, k.key_prefix, k.environment, k.created_by AS maker, k.expires_at,
      max(k.expires_at) OVER (PARTITION BY k.organization_id, told.days) AS until
    FROM told JOIN api_keys k ON k.id = told.key_id
    ORDER BY k.organization_id, k.expires_at, k.id`
  return keys.map(({ id, organization_id, name, key_prefix, environment, maker, expires_at, until }) => ({
    organization_id,
    kind: 'key_expiring',
    maker,
    facts: { by: null, until: until.toISOString() },
    subject: { id, name, key_prefix, environment, note: `expires on ${inUtc(expires_at)}` },
  }))
}
