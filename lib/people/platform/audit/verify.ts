import { notFound } from '@/lib/base/errors'
import { PLATFORM_CHAIN } from '@/lib/kernel/audit/chain/canonical'
import { type VerifiedChain, verifyChain } from '@/lib/kernel/audit/chain/verify'
import type { PlatformContext } from '@/lib/people/organizations/platform-context'

/** What became of one chain: an organisation's is named by its slug, or by its id where it is gone. */
export type NamedChain = VerifiedChain & { chain: string }

type Asked = {
  /** The slug of an organisation; absent: every chain there is. */
  org?: string | undefined
  /** A head that was kept elsewhere, in hex. */
  head?: string | undefined
}

/**
 * Verifies the chain of one organisation, or all chains with the platform's.
 * @throws DomainError not_found
 */
export async function* verifyAudit(ctx: PlatformContext, { org, head }: Asked): AsyncGenerator<NamedChain> {
  for (const { id, name } of await chainsOf(ctx, org)) {
    yield { chain: name, ...(await verifyChain({ chain_id: id, head })) }
  }
}

async function chainsOf({ db }: PlatformContext, org: string | undefined): Promise<{ id: string; name: string }[]> {
  if (org !== undefined) {
    const found = await db.organization.findUnique({ where: { slug: org }, select: { id: true } })
    if (!found) throw notFound('organisation')
    return [{ id: found.id, name: org }]
  }
  // Entries of which no chain is known any more are found by the organisations that there are.
  const rows = await db.$queryRaw<{ id: string; name: string }[]>`
    SELECT id, coalesce(o.slug, id::text) AS name
    FROM (SELECT id FROM audit_chains UNION SELECT id FROM organizations) c LEFT JOIN organizations o USING (id)
    WHERE id <> ${PLATFORM_CHAIN}::uuid ORDER BY 2`
  return [{ id: PLATFORM_CHAIN, name: 'platform' }, ...rows]
}
