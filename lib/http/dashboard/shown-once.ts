import { readStored, writeReply } from '@/lib/contracts/encode'
import { readIdempotency } from '@/lib/http/api/idempotency'
import type { Context, MemberActor } from '@/lib/kernel/actors/context'
import { mayCreateKeys, requirePermission } from '@/lib/kernel/actors/permissions'
import { onceInTransaction, withoutSecret } from '@/lib/kernel/idempotency/once'
import { type CreatedKey, type KeyShownOnce, keyShownOnce } from '@/lib/keys/contract'

type Request = { req: { raw: globalThis.Request }; var: { member: Context<MemberActor> } }

/**
 * Makes a key once for all requests of a person that carry the same Idempotency-Key, whatever became of their replies. The
 * first reply alone has the secret: a repeat tells which key was made, for 24 hours.
 * @param sent the body: another one under the same Idempotency-Key is refused
 * @throws DomainError role_forbids, developer_api_disabled, invalid_idempotency_key, idempotency_conflict, idempotency_in_progress; whatever `make` throws
 */
export async function shownOnce(
  { req, var: { member } }: Request,
  sent: object,
  make: (ctx: Context<MemberActor>) => Promise<CreatedKey>,
): Promise<KeyShownOnce> {
  requirePermission(mayCreateKeys(member))
  const idempotent = readIdempotency(req.raw, sent)
  if (!idempotent) return make(member)
  const { body } = await onceInTransaction(member, idempotent, async (ctx) => {
    const reply = writeReply(keyShownOnce, await make(ctx))
    const kept = withoutSecret(reply, 'key')
    return { status: 201, body: JSON.stringify(reply), kept, etag: null, replayed: false }
  })
  return readStored(keyShownOnce, JSON.parse(body ?? 'null'))
}
