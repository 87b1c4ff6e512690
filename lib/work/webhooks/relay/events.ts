import { EVERY_AUDIT_EVENT } from '@/lib/contracts/audited'
import { Prisma } from '@/lib/kernel/db/generated/client'
import { EVERY_EVENT } from '@/lib/work/webhooks/contract'

/** ISO 8601 in UTC, as the API writes every instant. */
const written = (column: Prisma.Sql) =>
  Prisma.sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** What a message says beside its type and its time, from `e`; the same members for every event. */
type Told = { subject: Prisma.Sql; contact_id: Prisma.Sql; details: Prisma.Sql; sequence?: Prisma.Sql }

/** The message of the event `e`, as text: type, time and data, by the schema that Standard Webhooks proposes. */
const message = (
  type: Prisma.Sql,
  { subject, contact_id, details, sequence = Prisma.sql`e.sequence` }: Told,
) => Prisma.sql`(
    SELECT row_to_json(m)::text FROM (
      SELECT ${type} AS type, ${written(Prisma.sql`e.at`)} AS timestamp, (
        SELECT row_to_json(d) FROM (
          SELECT e.id, e.environment, json_build_object('kind', e.actor_kind, 'id', e.actor_id, 'label', e.actor_label) AS actor,
            ${subject} AS subject, ${contact_id} AS contact_id, ${sequence} AS sequence, ${details} AS details
        ) d
      ) AS data
    ) m
  )`

type Source = {
  table: Prisma.Sql
  type: Prisma.Sql
  body: Prisma.Sql
  among: Prisma.Sql
  /** Names the event: what two sources tell of one entry is two events, and receivers drop none of them. */
  id: Prisma.Sql
  /** What subscribes to all of its events. */
  all: string
  /** In which environment an event is told. */
  environment: Prisma.Sql
}

/** What happened to rows. */
export const ACTIVITIES: Source = {
  table: Prisma.sql`activities`,
  id: Prisma.sql`e.id`,
  all: EVERY_EVENT,
  environment: Prisma.sql`e.environment`,
  type: Prisma.sql`e.type`,
  body: message(Prisma.sql`e.type`, {
    subject: Prisma.sql`json_build_object('kind', e.subject_kind, 'id', e.subject_id)`,
    contact_id: Prisma.sql`e.contact_id`,
    details: Prisma.sql`e.data`,
  }),
  among: Prisma.sql`true`,
}

/** What of the target an entry tells. */
const AUDITED_TARGET = Prisma.sql`json_build_object('kind', e.target_kind, 'id', e.target_id)`

/** What was audited of resources. @param actions those that are events */
export const audited = (actions: readonly string[]): Source => ({
  table: Prisma.sql`audit_entries`,
  id: Prisma.sql`e.id`,
  all: EVERY_EVENT,
  environment: Prisma.sql`e.environment`,
  type: Prisma.sql`e.action`,
  body: message(Prisma.sql`e.action`, {
    subject: AUDITED_TARGET,
    contact_id: Prisma.sql`NULL::uuid`,
    details: Prisma.sql`json_build_object('label', e.target_label, 'before', e.before, 'after', e.after, 'reason', e.reason)`,
  }),
  among: Prisma.sql`e.action = ANY (${actions}::text[])`,
})

/** What an entry of a rotation keeps beside the facts of the successor. */
const ROTATED_BESIDE = Prisma.sql`ARRAY['successor', 'successor_id', 'successor_expires_at', 'retires_at']`

/**
 * The keys that rotations made: one entry tells of both keys, and whoever subscribes to new keys is told of each. Entries of
 * versions before, without the id of the successor, have one of their own beside them.
 */
export const SUCCESSORS: Source = {
  table: Prisma.sql`audit_entries`,
  id: Prisma.sql`md5('successor.' || e.id)::uuid`,
  all: EVERY_EVENT,
  environment: Prisma.sql`e.environment`,
  type: Prisma.sql`'api_key.created'`,
  body: message(Prisma.sql`'api_key.created'`, {
    subject: Prisma.sql`json_build_object('kind', e.target_kind, 'id', e.after -> 'successor_id')`,
    contact_id: Prisma.sql`NULL::uuid`,
    sequence: Prisma.sql`1`,
    details: Prisma.sql`json_build_object('label', e.after -> 'successor', 'before', NULL,
      'after', e.after - ${ROTATED_BESIDE} || jsonb_build_object('expires_at', e.after -> 'successor_expires_at'), 'reason', NULL)`,
  }),
  among: Prisma.sql`e.action = 'api_key.rotated' AND e.after ? 'successor_id'`,
}

const AUDIT_TYPE = Prisma.sql`'audit.' || e.action`

/** Every entry of an organisation's audit log, as an event of its own. What belongs to no environment is real. */
export const AUDIT_LOG: Source = {
  table: Prisma.sql`audit_entries`,
  id: Prisma.sql`md5('audit.' || e.id)::uuid`,
  all: EVERY_AUDIT_EVENT,
  environment: Prisma.sql`coalesce(e.environment, 'live')`,
  type: AUDIT_TYPE,
  body: message(AUDIT_TYPE, {
    subject: AUDITED_TARGET,
    contact_id: Prisma.sql`NULL::uuid`,
    details: Prisma.sql`json_build_object('label', e.target_label, 'before', e.before, 'after', e.after, 'reason', e.reason,
      'address', e.address, 'user_agent', e.user_agent, 'request_id', e.request_id)`,
  }),
  among: Prisma.sql`e.organization_id IS NOT NULL`,
}
