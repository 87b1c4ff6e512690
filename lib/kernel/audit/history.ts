import type { Page } from '@/lib/contracts/page'
import type { Context } from '@/lib/kernel/actors/context'
import { type AuditEntry, auditEntry, type HistoryQuery } from '@/lib/kernel/audit/contract'
import type { Prisma } from '@/lib/kernel/db/generated/client'
import { keyset, toPage } from '@/lib/kernel/listing/keyset'

const SHOWN = {
  id: true,
  at: true,
  actor_kind: true,
  actor_label: true,
  action: true,
  before: true,
  after: true,
  reason: true,
  address: true,
  user_agent: true,
  request_id: true,
} satisfies Prisma.AuditEntrySelect

const { before: facts } = auditEntry.shape

/**
 * What has been done to one target. The caller has checked that the actor may see it.
 * @throws DomainError invalid_cursor
 */
export async function historyOf(
  { db, organization }: Context,
  { target_id, ...query }: { target_id: string } & HistoryQuery,
): Promise<Page<AuditEntry>> {
  const target = { organization_id: organization.id, target_id }
  const request = { list: ['history', target], ...query }
  const page = keyset(request)
  const rows = await db.auditEntry.findMany({
    where: { ...target, ...page.where },
    orderBy: page.orderBy,
    take: page.take,
    select: SHOWN,
  })
  const { data, ...rest } = toPage(request, rows)
  return {
    ...rest,
    data: data.map(({ actor_kind, actor_label, before, after, ...entry }) => ({
      ...entry,
      actor: { kind: actor_kind, label: actor_label },
      before: facts.parse(before),
      after: facts.parse(after),
    })),
  }
}
