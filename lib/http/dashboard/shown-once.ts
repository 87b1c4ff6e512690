import { readStored, writeReply } from '@/lib/contracts/encode'
import type { Context, MemberActor } from '@/lib/kernel/actors/context'
import { type IdempotentRequest, onceInTransaction, withoutSecret } from '@/lib/kernel/idempotency/once'
import { type CreatedKey, type KeyShownOnce, keyShownOnce } from '@/lib/keys/contract'

/**
 * Makes a key once for all requests of a person that carry the same Idempotency-Key, whatever became of their replies. The
 * first reply alone has the secret: a repeat tells which key was made, for 24 hours.
 * @param idempotent what makes the request one of several equal ones; null: it is none
 * @throws DomainError idempotency_conflict, idempotency_in_progress; whatever `make` throws
 */
export async function shownOnce(
  ctx: Context<MemberActor>,
  idempotent: IdempotentRequest | null,
  make: (ctx: Context<MemberActor>) => Promise<CreatedKey>,
): Promise<KeyShownOnce> {
  if (!idempotent) return make(ctx)
  const { body } = await onceInTransaction(ctx, idempotent, async (within) => {
    const reply = writeReply(keyShownOnce, await make(within))
    const kept = withoutSecret(reply, 'key')
    return { status: 201, body: JSON.stringify(reply), kept, etag: null, replayed: false }
  })
  return readStored(keyShownOnce, JSON.parse(body ?? 'null'))
}
