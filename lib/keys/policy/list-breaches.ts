import { z } from 'zod'
import type { Context } from '@/lib/kernel/actors/context'
import { requireSeeKeys } from '@/lib/kernel/actors/permissions'
import { Prisma } from '@/lib/kernel/db/generated/client'
import { MOST_COUNTED } from '@/lib/keys/contract'
import { inUseSql } from '@/lib/keys/ends'
import { POLICY_RULES, type Policy, type PolicyBreaches, type PolicyRule } from '@/lib/keys/policy/contract'
import { readPolicy } from '@/lib/keys/policy/rows'

const MOST_SHOWN = 100

const row = z.object({
  id: z.string(),
  name: z.string(),
  key_prefix: z.string(),
  expiry: z.boolean(),
  lifetime: z.boolean(),
  addresses: z.boolean(),
  count: z.int(),
})

/**
 * In SQL: whether the key `k` breaks each rule, by its name. Many keys have one allowlist: each is judged once, against ranges
 * that are read once.
 * @param own in SQL: whether `k` is one of the keys that are asked about
 */
const broken = (
  { keys_must_expire, longest_lifetime_hours, allowed_ranges }: Policy,
  own: Prisma.Sql,
): Record<PolicyRule, Prisma.Sql> => ({
  expiry: Prisma.sql`(${keys_must_expire} AND k.expires_at IS NULL)`,
  lifetime: Prisma.sql`coalesce(k.expires_at - k.created_at > make_interval(hours => ${longest_lifetime_hours}::int), false)`,
  addresses:
    allowed_ranges.length === 0
      ? Prisma.sql`false`
      : Prisma.sql`k.allowed_ips IN (
          SELECT list.allowed_ips FROM (SELECT DISTINCT k.allowed_ips FROM api_keys k WHERE ${own}) list
          WHERE cardinality(list.allowed_ips) = 0 OR EXISTS (
            SELECT FROM unnest(list.allowed_ips) address WHERE NOT address <<= ANY (${allowed_ranges}::inet[])))`,
})

/**
 * The keys in use that break the organisation's policy: they were made before it. The first hundred, and their number: to the
 * end up to a thousand.
 * @throws DomainError role_forbids, developer_api_disabled
 */
export async function listBreaches(ctx: Context): Promise<PolicyBreaches> {
  requireSeeKeys(ctx)
  const own = Prisma.sql`k.organization_id = ${ctx.organization.id}::uuid AND ${inUseSql('k')}`
  const { expiry, lifetime, addresses } = broken(await readPolicy(ctx.db, ctx.organization.id), own)
  const rows = z.array(row).parse(
    await ctx.db.$queryRaw`
      SELECT id, name, key_prefix, expiry, lifetime, addresses, count(*) OVER ()::int AS count
      FROM (
        SELECT k.*, ${expiry} AS expiry, ${lifetime} AS lifetime, ${addresses} AS addresses
        FROM api_keys k
        WHERE ${own} AND (${expiry} OR ${lifetime} OR ${addresses})
        ORDER BY k.created_at, k.id
        LIMIT ${MOST_COUNTED + 1}
      ) first
      ORDER BY created_at, id
      LIMIT ${MOST_SHOWN}`,
  )
  const counted = rows[0]?.count ?? 0
  return {
    keys: rows.map(({ id, name, key_prefix, count: _, ...rules }) => ({
      id,
      name,
      key_prefix,
      rules: POLICY_RULES.filter((rule) => rules[rule]),
    })),
    count: Math.min(counted, MOST_COUNTED),
    exact: counted <= MOST_COUNTED,
  }
}
