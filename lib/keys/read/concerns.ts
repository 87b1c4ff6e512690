import type { KeyConcern } from '@/lib/contracts/key-terms'
import { catalogue } from '@/lib/contracts/scopes/catalogue'
import { isReadScope } from '@/lib/contracts/scopes/is-read-scope'
import type { Context } from '@/lib/kernel/actors/context'
import { Prisma } from '@/lib/kernel/db/generated/client'
import { MOST_LOOKED_AT } from '@/lib/keys/contract'
import { inUseSql } from '@/lib/keys/ends'
import { UNUSED_DAYS } from '@/lib/keys/usage/contract'

const days = (count: number) => Prisma.sql`make_interval(days => ${count}::int)`

/** The scopes that open more than reading. */
const writingScopes = (): string[] =>
  catalogue()
    .scopes.map(({ scope }) => scope)
    .filter((scope) => !isReadScope(scope))

/** In SQL: whether a concern is true of the key in use `k`, whose last use is `u`. */
export function concernSql(concern: KeyConcern): Prisma.Sql {
  switch (concern) {
    case 'expiring_30d':
      return Prisma.sql`k.expires_at <= statement_timestamp() + ${days(30)}`
    case 'never_expires':
      return Prisma.sql`k.expires_at IS NULL AND k.retires_at IS NULL`
    case 'idle_90d':
      return Prisma.sql`u.used_at < statement_timestamp() - ${days(90)}`
    case 'never_used':
      return Prisma.sql`u.key_id IS NULL`
    case 'unused_writes': {
      // A younger key has had no time to use what it holds.
      const since = Prisma.sql`statement_timestamp() - ${days(UNUSED_DAYS)}`
      // The scope joined to nothing: the index is searched once for a key, by the hour, and not again for each scope.
      return Prisma.sql`k.scopes && ${writingScopes()}::text[] AND k.created_at < ${since} AND NOT EXISTS (
        SELECT FROM key_usage g WHERE g.key_id = k.id AND g.hour >= ${since} AND g.outcome = 'succeeded'
          AND g.scope || '' = ANY (${writingScopes()}::text[]))`
    }
  }
}

/** The organisation's oldest keys in use, `k`, as many as are looked at, with the last use `u`; none of the docs' playground. */
export const lookedAt = ({ organization }: Context): Prisma.Sql => Prisma.sql`(
    SELECT k.id, k.created_at, k.expires_at, k.retires_at, k.scopes FROM api_keys k
    WHERE k.organization_id = ${organization.id}::uuid AND ${inUseSql('k')} AND NOT k.playground
    ORDER BY k.created_at, k.id LIMIT ${MOST_LOOKED_AT}
  ) k
  LEFT JOIN key_last_uses u ON u.key_id = k.id`
