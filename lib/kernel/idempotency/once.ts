import { z } from 'zod'
import { DomainError } from '@/lib/base/errors'
import type { Context, KeyActor, MemberActor, ResourceContext } from '@/lib/kernel/actors/context'
import { isLockTimeout } from '@/lib/kernel/db/failure'
import { inFairShare } from '@/lib/kernel/db/fair-share'
import { type Database, inTransaction, type Transaction } from '@/lib/kernel/db/transaction'
import { inTurn } from '@/lib/kernel/idempotency/queue'
import { usedForAnother } from '@/lib/kernel/rows/record'
import { isOfRecord } from '@/lib/kernel/rows/refusals'
import { run } from '@/lib/kernel/rows/run'
import { sql } from '@/lib/kernel/rows/sql'

/** How long a twin waits for the first in this process; for one that another process runs, as long as for any lock. */
const WAIT_MS = 8_000

/** Only what succeeded is remembered. */
export const answerStatus = z.literal([200, 201, 202, 204])

export type AnswerStatus = z.output<typeof answerStatus>

export type Answer = {
  status: AnswerStatus
  /** JSON; null for a reply without a body. */
  body: string | null
  /** What is kept of it: the same, without any secret. */
  kept: string | null
  etag: string | null
  /** The answer was given before. */
  replayed: boolean
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

/** What is kept of a reply: it as JSON, without the member `secret`. */
export const withoutSecret = (reply: unknown, secret: string): string =>
  JSON.stringify(reply, (name, member: unknown) => (name === secret ? null : member))

/**
 * Does `work` once for all requests of a lineage, or of a person, that carry the same key, for 24 hours. The record commits
 * with the work: what failed is forgotten, what a crash interrupted is done by the retry, what was answered is answered again.
 * @param work takes several statements, all in the transaction that it is given
 * @throws DomainError idempotency_conflict for another request under the same key; idempotency_in_progress when the first
 *   is not done in time; whatever `work` throws
 */
export function onceInTransaction<C extends Context<KeyActor | MemberActor>>(
  context: C,
  request: IdempotentRequest,
  work: (context: C & { db: Transaction }) => Promise<Answer>,
): Promise<Answer> {
  const { actor } = context
  // Both are random: no person is taken for a lineage.
  const lineage_id = actor.kind === 'key' ? actor.lineage_id : actor.user_id
  const first = () =>
    inTransaction(context, async (ctx) => {
      const earlier = await claim(ctx.db, lineage_id, request)
      if (earlier) return earlier
      const answer = await work(ctx)
      const { status, kept: body, etag } = answer
      await ctx.db.idempotencyRecord.update({
        where: { lineage_id_key: { lineage_id, key: request.key } },
        data: { status, body, etag },
      })
      return answer
    })
  return inTurn(`${lineage_id} ${request.key}`, WAIT_MS, inProgress, (waited) => {
    const answer = async () => {
      // A twin that waited here mostly finds the answer, and needs no transaction to read it.
      const answered = waited && (await findAnswer(context.db, lineage_id, request))
      return answered || first()
    }
    // In its turn only: a twin that waits for the first takes no other call's place. A person's call has its place already.
    return actor.kind === 'key' ? inFairShare(lineage_id, answer) : answer()
  })
}

/**
 * The same for work that is one statement, which looks for the record and keeps it itself.
 * @throws DomainError as `onceInTransaction`
 */
export function onceInStatement(
  { db, actor: { lineage_id } }: ResourceContext,
  request: IdempotentRequest,
  statement: () => Promise<Answer>,
): Promise<Answer> {
  const first = async () => {
    try {
      return await statement()
    } catch (error) {
      if (isLockTimeout(error)) throw (await isClaimed(db, lineage_id, request)) ? inProgress() : error
      // A twin elsewhere may have been first: then its answer is the answer, whatever stands in the way of doing it again.
      const earlier = await findAnswer(db, lineage_id, request)
      if (earlier) return earlier
      if (!isOfRecord(error)) throw error
      await removeExpired(lineage_id, request)
      return await statement()
    }
  }
  return inTurn(`${lineage_id} ${request.key}`, WAIT_MS, inProgress, () => inFairShare(lineage_id, first))
}

/** An insert that waits longer waits for a twin. */
const CLAIMED_AFTER = '50ms'

/** Whether a twin in another process has the key and is not done, or some other lock was waited for. Leaves nothing behind. */
async function isClaimed(db: Database, lineage_id: string, { key, fingerprint }: IdempotentRequest): Promise<boolean> {
  const attempt = inTransaction({ db }, async (ctx) => {
    await ctx.db.$queryRaw`SELECT set_config('lock_timeout', ${CLAIMED_AFTER}, true)`
    const made = await ctx.db.$executeRaw`
      INSERT INTO idempotency_records (lineage_id, key, fingerprint, expires_at)
      VALUES (${lineage_id}::uuid, ${key}, ${fingerprint}, clock_timestamp()) ON CONFLICT DO NOTHING`
    if (made > 0) await ctx.db.idempotencyRecord.delete({ where: { lineage_id_key: { lineage_id, key } } })
    return false
  })
  return attempt.catch((error: unknown) => {
    if (isLockTimeout(error)) return true
    throw error
  })
}

const removeExpired = (lineage_id: string, { key }: IdempotentRequest) =>
  run(
    sql`DELETE FROM idempotency_records
      WHERE lineage_id = ${lineage_id}::uuid AND key = ${key} AND expires_at <= clock_timestamp()`,
    { prepared: true },
  )

/**
 * Takes the key for this transaction. Where another transaction holds it, the insert waits for that one's end.
 * @returns the earlier answer, or null when the work is ours to do
 */
async function claim(db: Transaction, lineage_id: string, request: IdempotentRequest) {
  const { key, fingerprint } = request
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
  const earlier = await findAnswer(db, lineage_id, request)
  if (!earlier) throw inProgress()
  return earlier
}

type Record = { fingerprint: Uint8Array; status: number | null; body: string | null; etag: string | null }

/** @throws DomainError idempotency_conflict when the key stands for another request */
async function findAnswer(
  db: Database,
  lineage_id: string,
  { key, fingerprint }: IdempotentRequest,
): Promise<Answer | null> {
  const [record] = await run<Record>(
    sql`SELECT fingerprint, status, body, etag FROM idempotency_records
      WHERE lineage_id = ${lineage_id}::uuid AND key = ${key} AND expires_at > clock_timestamp()`,
    { db, prepared: true },
  )
  if (!record || record.status === null) return null
  if (!Buffer.from(record.fingerprint).equals(fingerprint)) throw usedForAnother()
  const { status, body, etag } = record
  return { status: answerStatus.parse(status), body, kept: body, etag, replayed: true }
}
