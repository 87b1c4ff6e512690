import { z } from 'zod'
import type { Context } from '@/lib/kernel/actors/context'
import { maySeeKeys, requireManagePeople } from '@/lib/kernel/actors/permissions'
import { Prisma } from '@/lib/kernel/db/generated/client'
import type { Role } from '@/lib/kernel/db/generated/enums'
import { databaseNow } from '@/lib/kernel/db/transaction'
import { isStart } from '@/lib/kernel/rows/search'
import { keyEnvironment } from '@/lib/keys/contract'
import { type AffectedKeys, MOST_AFFECTED_SHOWN } from '@/lib/people/members/contract'
import { keysBeyond } from '@/lib/people/members/keys-beyond'
import { findMember } from '@/lib/people/members/rows'
import { sealSeen } from '@/lib/people/members/seen-keys'

type Input = {
  id: string
  /** Null: the person is removed. */
  changes: { role?: Role; developer?: boolean } | null
  /** What is searched for among them. */
  q?: string | undefined
}

const counted = z.tuple([z.object({ count: z.int(), found: z.int(), snapshot: z.string() })])

const shown = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    key_prefix: z.string(),
    environment: keyEnvironment,
    scopes: z.array(z.string()),
    last_used_at: z.date().nullable(),
  }),
)

/** In SQL: whether the key `k` is one that is searched for. They are one person's: each is looked at. */
function isFound(q: string | undefined): Prisma.Sql {
  if (q === undefined) return Prisma.sql`true`
  const form = Prisma.sql`search_form(${q}::text)`
  const named = isStart(q)
    ? Prisma.sql`strpos(' ' || k.search, ' ' || ${form}) > 0`
    : Prisma.sql`strpos(k.search, ${form}) > 0`
  return Prisma.sql`(${named} OR k.key_prefix ^@ ${q}::text)`
}

/**
 * The keys about which must be decided before a member is changed so: those that the person made and could no longer
 * make. Their number, and the first hundred by their last use; whoever may not see keys learns the number alone.
 * @throws DomainError not_found, role_forbids
 */
export async function listAffectedKeys(ctx: Context, { id, changes, q }: Input): Promise<AffectedKeys> {
  requireManagePeople(ctx)
  const before = await findMember(ctx.db, ctx.organization.id, id)
  const after = changes && { role: changes.role ?? before.role, developer: changes.developer ?? before.developer }
  const affected = keysBeyond(ctx, { before, after }, await databaseNow(ctx.db))
  const found = isFound(q)
  // Before the list: a key that only the list has seen is asked about once more.
  const [{ snapshot, ...counts }] = counted.parse(
    await ctx.db.$queryRaw`
      SELECT count(*)::int AS count, count(*) FILTER (WHERE ${found})::int AS found, pg_current_snapshot()::text AS snapshot
      FROM api_keys k WHERE ${affected}`,
  )
  if (!maySeeKeys(ctx).allowed) return { count: counts.count, found: 0, keys: [], seen: null }
  const keys = shown.parse(
    await ctx.db.$queryRaw`
      SELECT k.id, k.name, k.key_prefix, k.environment, k.scopes, u.used_at AS last_used_at
      FROM api_keys k LEFT JOIN key_last_uses u ON u.key_id = k.id
      WHERE ${affected} AND ${found}
      ORDER BY u.used_at DESC NULLS LAST, k.id DESC LIMIT ${MOST_AFFECTED_SHOWN}`,
  )
  return { ...counts, keys, seen: sealSeen(ctx, { before, after }, snapshot) }
}
