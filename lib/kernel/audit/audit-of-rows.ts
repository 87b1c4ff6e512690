import type { AuditAction } from '@/lib/contracts/audited'
import { type AuditContext, type AuditedChange, auditEntryOf } from '@/lib/kernel/audit/record'
import { Prisma } from '@/lib/kernel/db/generated/client'

/** A UUID of version 7 (RFC 9562), another for each row; Postgres has a function for it from 18 on. */
const UUIDV7 = Prisma.raw(`encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
  PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid`)

const NOTHING = { id: null, label: '' }

/**
 * The statement that writes an audit entry for each of many rows that one statement has changed alike.
 * @param rows in SQL: what has their `id`, `label`, `environment` and `version`
 */
export function auditOfRows<Action extends AuditAction>(
  ctx: Omit<AuditContext, 'db'>,
  change: Omit<AuditedChange<Action>, 'target'>,
  rows: Prisma.Sql,
): Prisma.Sql {
  const entry = JSON.stringify(auditEntryOf(ctx, { ...change, target: NOTHING }))
  return Prisma.sql`
    INSERT INTO audit_entries (id, organization_id, actor_kind, actor_id, actor_label, action, target_kind, target_id,
      target_label, environment, sequence, before, after, reason, address, user_agent, request_id)
    SELECT ${UUIDV7}, e.organization_id, e.actor_kind, e.actor_id, e.actor_label, e.action, e.target_kind,
      r.id, r.label, r.environment, r.version, e.before, e.after, e.reason, e.address, e.user_agent, e.request_id
    FROM ${rows} r CROSS JOIN jsonb_populate_record(NULL::audit_entries, ${entry}::jsonb) e`
}
