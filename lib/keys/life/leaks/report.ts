import type { Origin } from '@/lib/kernel/actors/context'
import { auditEntryOf } from '@/lib/kernel/audit/record'
import { Prisma } from '@/lib/kernel/db/generated/client'
import type { Database } from '@/lib/kernel/db/transaction'
import { uuidv7 } from '@/lib/kernel/rows/uuid'
import { maskKeys } from '@/lib/keys/format'
import { hashKey } from '@/lib/keys/hash'
import type { LeakReport } from '@/lib/keys/life/leaks/contract'
import { MOST_REPORTS, tellOfLeaks } from '@/lib/keys/life/leaks/job'

type Context = { db: Database; origin: Origin }

type Reports = {
  /** Who says so, as far as it is known. */
  by: 'somebody' | 'GitHub'
  found: LeakReport[]
}

/** Of an address, as much as a reason has room for. */
const SHOWN_URL = 400

/**
 * Revokes the keys that whoever reports them has shown to have, as leaked: never to be reactivated, whatever state they
 * were in. What is no key, was deleted, or is revoked as leaked already, changes nothing, and nothing tells it from the
 * others: the same one statement runs, and commits a job, whatever it finds. Successors and predecessors are other keys,
 * and stay.
 */
export async function reportLeaks({ db, origin }: Context, { by, found }: Reports): Promise<void> {
  const once = [...new Map(found.map((report) => [report.key, report])).values()]
  for (let at = 0; at < once.length; at += MOST_REPORTS) {
    const rows = once.slice(at, at + MOST_REPORTS).map(({ key, url }) => ({
      audit_id: uuidv7(),
      hash: Buffer.from(hashKey(key)).toString('hex'),
      reason: reasonOf(by, url),
    }))
    await db.$executeRaw(revocationOf(rows, origin))
  }
}

function reasonOf(by: Reports['by'], url: string | undefined): string {
  const who = by === 'GitHub' ? 'Reported as leaked by GitHub' : 'Reported as leaked'
  return url ? `${who}, found at ${place(url)}` : `${who}.`
}

/** An address as it may be kept: no password, and no key, stands in it. */
function place(url: string): string {
  const address = new URL(url)
  address.username = ''
  address.password = ''
  return maskKeys(address.href).slice(0, SHOWN_URL)
}

type Row = { audit_id: string; hash: string; reason: string }

/** Locked in the order of their ids, as wherever several keys are. */
function revocationOf(rows: Row[], origin: Origin): Prisma.Sql {
  const entry = auditEntryOf(
    { actor: { kind: 'stranger' }, organization: null, origin },
    { action: 'api_key.revoked', target: { id: null, label: '' }, after: { leaked: true } },
  )
  return Prisma.sql`
    WITH reported AS (
      SELECT k.id, r.audit_id, r.reason
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (audit_id uuid, hash text, reason text)
      JOIN api_keys k ON k.hash = decode(r.hash, 'hex')
      WHERE NOT k.leaked
      ORDER BY k.id FOR UPDATE OF k
    ), revoked AS (
      UPDATE api_keys k SET
        leaked = true,
        revoked_at = coalesce(k.revoked_at, clock_timestamp()),
        revoked_reason = reported.reason,
        reported_at = clock_timestamp(),
        updated_at = clock_timestamp()
      FROM reported WHERE k.id = reported.id
      RETURNING k.id, k.organization_id, k.key_prefix, k.environment, k.version, reported.audit_id, reported.reason
    ), audited AS (
      INSERT INTO audit_entries (id, organization_id, actor_kind, actor_label, action, target_kind, target_id,
        target_label, environment, sequence, after, reason, address, user_agent, request_id)
      SELECT r.audit_id, r.organization_id, e.actor_kind, e.actor_label, e.action, e.target_kind, r.id,
        r.key_prefix, r.environment, r.version, e.after, r.reason, e.address, e.user_agent, e.request_id
      FROM revoked r, jsonb_to_record(${JSON.stringify(entry)}::jsonb) AS e (actor_kind text, actor_label text,
        action text, target_kind text, after jsonb, address text, user_agent text, request_id text)
    )
    INSERT INTO jobs (id, kind, data)
    VALUES (${uuidv7()}::uuid, ${tellOfLeaks.name}, '{}')`
}
