import { z } from 'zod'
import { DomainError } from '@/lib/base/errors'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { isLockTimeout } from '@/lib/kernel/db/failure'
import { inFairShare } from '@/lib/kernel/db/fair-share'
import { type Database, inTransaction, type Transaction } from '@/lib/kernel/db/transaction'
import { inTurn } from '@/lib/kernel/idempotency/queue'

/** How long a twin waits for the first in this process; for one that another process runs, as long as for any lock. */
const WAIT_MS = 8_000

/** Only what succeeded is remembered. */
const answerStatus = z.literal([200, 201, 204])

type AnswerStatus = z.output<typeof answerStatus>

export type Answer = {
  status: AnswerStatus
  /** JSON; null for a reply without a body. */
  body: string | null
  /** What is kept of it: the same, without any secret. */
  kept: string | null
}

export type IdempotentRequest = {
  key: string
  /** SHA-256 of what the request asks: another one under the same key is a mistake. */
  fingerprint: Uint8Array<ArrayBuffer>
}

const inProgress = () =>
  new DomainError('idempotency_in_progress', 'A request with this Idempotency-Key is still being worked on.', {
    retry_after: 5,
  })

/**
 * Does `work` once for all requests of a lineage that carry the same key, for 24 hours. The record commits with the work:
 * what failed is forgotten, what a crash interrupted is done by the retry, what was answered is answered again.
 * @returns the answer, and whether it was given before
 * @throws DomainError idempotency_conflict for another request under the same key; idempotency_in_progress when the first
 *   is not done in time; whatever `work` throws
 */
export function once(
  context: ResourceContext,
  request: IdempotentRequest,
  work: (context: ResourceContext) => Promise<Answer>,
): Promise<Pick<Answer, 'status' | 'body'> & { replayed: boolean }> {
  const { lineage_id } = context.actor
  const first = () =>
    inTransaction(context, async (ctx) => {
      const earlier = await claim(ctx.db, lineage_id, request)
      if (earlier) return { ...earlier, replayed: true }
      const { status, body, kept } = await work(ctx)
      await ctx.db.idempotencyRecord.update({
        where: { lineage_id_key: { lineage_id, key: request.key } },
        data: { status, body: kept },
      })
      return { status, body, replayed: false }
    })
  return inTurn(`${lineage_id} ${request.key}`, WAIT_MS, inProgress, (waited) =>
    // In its turn only: a twin that waits for the first takes no other call's place.
    inFairShare(lineage_id, async () => {
      // A twin that waited here mostly finds the answer, and needs no transaction to read it.
      const answered = waited && (await findAnswer(context.db, lineage_id, request))
      return answered ? { ...answered, replayed: true } : first()
    }),
  )
}

/**
 * Takes the key for this transaction. Where another transaction holds it, the insert waits for that one's end.
 * @returns the earlier answer, or null when the work is ours to do
 */
async function claim(db: Transaction, lineage_id: string, { key, fingerprint }: IdempotentRequest) {
  try {
    const taken = await db.$executeRaw`
      INSERT INTO idempotency_records AS r (lineage_id, key, fingerprint, expires_at)
      VALUES (${lineage_id}::uuid, ${key}, ${fingerprint}, clock_timestamp() + interval '24 hours')
      ON CONFLICT (lineage_id, key) DO UPDATE
      SET fingerprint = excluded.fingerprint, status = NULL, body = NULL, expires_at = excluded.expires_at
      WHERE r.expires_at <= clock_timestamp()`
    if (taken > 0) return null
  } catch (error) {
    if (isLockTimeout(error)) throw inProgress()
    throw error
  }
  const earlier = await findAnswer(db, lineage_id, { key, fingerprint })
  if (!earlier) throw inProgress()
  return earlier
}

/** @throws DomainError idempotency_conflict when the key stands for another request */
async function findAnswer(db: Database, lineage_id: string, { key, fingerprint }: IdempotentRequest) {
  const [record] = await db.$queryRaw<{ fingerprint: Uint8Array; status: number | null; body: string | null }[]>`
    SELECT fingerprint, status, body FROM idempotency_records
    WHERE lineage_id = ${lineage_id}::uuid AND key = ${key} AND expires_at > clock_timestamp()`
  if (!record || record.status === null) return null
  if (!Buffer.from(record.fingerprint).equals(fingerprint)) {
    throw new DomainError('idempotency_conflict', 'This Idempotency-Key was used for another request. Use a new one.')
  }
  return { status: answerStatus.parse(record.status), body: record.body }
}
