import type { Context } from '@/lib/actors/context'
import { requireSeeKeys } from '@/lib/actors/permissions'
import { id } from '@/lib/contracts/fields'
import { DomainError, notFound } from '@/lib/errors'
import { keysInReach } from '@/lib/keys/rows'

/**
 * The id of the key that an operator means: by id, or by a prefix that only one key of the organisation has.
 * @throws DomainError not_found; invalid_request when several keys share the prefix
 */
export async function findKeyId(ctx: Context, idOrPrefix: string): Promise<string> {
  requireSeeKeys(ctx)
  const rows = await ctx.db.apiKey.findMany({
    where: {
      ...keysInReach(ctx),
      ...(id().safeParse(idOrPrefix).success ? { id: idOrPrefix } : { key_prefix: idOrPrefix }),
    },
    select: { id: true },
    take: 2,
  })
  const [first, second] = rows
  if (!first) throw notFound('API key')
  if (second) throw new DomainError('invalid_request', `Several keys begin with ${idOrPrefix}. Name the key by its id.`)
  return first.id
}
