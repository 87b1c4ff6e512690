import { DomainError } from '@/lib/base/errors'
import { PlainTransaction } from '@/lib/kernel/db/plain-transaction'
import type { RowContext } from '@/lib/kernel/rows/context'
import { etagOf, RowReply } from '@/lib/kernel/rows/reply'
import { NOTHING, type Sql, sql } from '@/lib/kernel/rows/sql'

/** How long a statement waits for another that does the same under the same Idempotency-Key. */
const LOCK_TIMEOUT = '10s'

type Parts = {
  /** Looks for the earlier answer. */
  look: Sql
  /** Whether the work is still to be done. */
  free: Sql
  /** Remembers the answer; the conflict of two at once undoes the whole statement of the later one. */
  keep: Sql
  /** The earlier answer, as a row of the result. */
  earlier: Sql
}

const UNKEYED: Parts = { look: NOTHING, free: sql`true`, keep: NOTHING, earlier: NOTHING }

/**
 * The parts of a writing statement that make it happen once for an Idempotency-Key. The statement has a `reply` with
 * the columns `refusal`, `body` and `version`. A transaction of Prisma's remembers for itself.
 */
export function recorded({ db, actor, request }: RowContext): Parts {
  const { keyed } = request
  if (!keyed || (db && !(db instanceof PlainTransaction) && !('$connect' in db))) return UNKEYED
  return {
    look: sql`record AS (
      SELECT fingerprint, status, body, etag FROM idempotency_records
      WHERE lineage_id = ${actor.lineage_id}::uuid AND key = ${keyed.key} AND expires_at > clock_timestamp()
    ), `,
    free: sql`NOT EXISTS (SELECT FROM record) AND (SELECT set_config('lock_timeout', ${LOCK_TIMEOUT}, true)) IS NOT NULL`,
    keep: sql`, kept AS (
      INSERT INTO idempotency_records (lineage_id, key, fingerprint, status, body, etag, expires_at)
      SELECT ${actor.lineage_id}::uuid, ${keyed.key}, ${keyed.fingerprint}, ${keyed.status}::int, body,
        '"' || version || '"', clock_timestamp() + interval '24 hours'
      FROM reply WHERE refusal IS NULL
    )`,
    earlier: sql`
    UNION ALL SELECT NULL, NULL, body, NULL, etag, fingerprint, status FROM record`,
  }
}

/** The result of a writing statement. */
export type Outcome = {
  /** Why nothing was done; null: it was. */
  refusal: string | null
  /** What the refusal tells: a state, an id, a field. */
  fact: string | null
  body: string | null
  version: number | null
  etag: string | null
  /** Of an earlier answer. */
  fingerprint: Uint8Array | null
  status: number | null
}

/** The columns of an outcome, from `reply`, and the earlier answer. */
export const outcome = (earlier: Sql) => sql`
    SELECT refusal, fact, body, version, NULL::text AS etag, NULL::bytea AS fingerprint, NULL::int AS status FROM reply${earlier}`

/** @throws DomainError idempotency_conflict when the key stands for another request */
export function toReply({ request }: RowContext, { body, version, etag, fingerprint, status }: Outcome): RowReply {
  if (status === null || fingerprint === null) {
    return new RowReply(body, version === null ? null : etagOf(version))
  }
  if (!request.keyed || !Buffer.from(fingerprint).equals(request.keyed.fingerprint)) throw usedForAnother()
  return new RowReply(body, etag, status)
}

export const usedForAnother = () =>
  new DomainError('idempotency_conflict', 'This Idempotency-Key was used for another request. Use a new one.')
