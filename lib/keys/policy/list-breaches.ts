import { z } from 'zod'
import type { Context } from '@/lib/kernel/actors/context'
import { requireSeeKeys } from '@/lib/kernel/actors/permissions'
import { Prisma } from '@/lib/kernel/db/generated/client'
import { keyEnvironment } from '@/lib/keys/contract'
import { inUseSql } from '@/lib/keys/ends'
import type { PolicyBreaches } from '@/lib/keys/policy/contract'
import { brokenRules } from '@/lib/keys/policy/require'
import { readPolicy } from '@/lib/keys/policy/rows'

const MOST_SHOWN = 100

const row = z.object({
  id: z.string(),
  name: z.string(),
  key_prefix: z.string(),
  environment: keyEnvironment,
  created_at: z.date(),
  expires_at: z.date().nullable(),
  allowed_ips: z.array(z.string()),
  count: z.bigint(),
})

/**
 * The keys in use that break the organisation's policy: they were made before it.
 * @throws DomainError role_forbids, developer_api_disabled
 */
export async function listBreaches(ctx: Context): Promise<PolicyBreaches> {
  requireSeeKeys(ctx)
  const policy = await readPolicy(ctx.db, ctx.organization.id)
  const { keys_must_expire, longest_lifetime_hours, allowed_ranges } = policy
  const rows = z.array(row).parse(
    await ctx.db.$queryRaw`
      SELECT id, name, key_prefix, environment, created_at, expires_at, allowed_ips::text[], count(*) OVER () AS count
      FROM api_keys
      WHERE organization_id = ${ctx.organization.id}::uuid AND ${Prisma.raw(inUseSql('api_keys'))}
        AND (${keys_must_expire} AND expires_at IS NULL
          OR expires_at - created_at > make_interval(hours => ${longest_lifetime_hours}::int)
          OR cardinality(${allowed_ranges}::text[]) > 0 AND (cardinality(allowed_ips) = 0
            OR EXISTS (SELECT FROM unnest(allowed_ips) address WHERE NOT EXISTS
              (SELECT FROM unnest(${allowed_ranges}::text[]) allowed WHERE address <<= allowed::inet))))
      ORDER BY created_at, id
      LIMIT ${MOST_SHOWN}`,
  )
  return {
    keys: rows.map(({ id, name, key_prefix, ...key }) => ({
      id,
      name,
      key_prefix,
      rules: brokenRules(policy, key, key.created_at),
    })),
    count: Number(rows[0]?.count ?? 0),
  }
}
