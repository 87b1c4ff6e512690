import { notFound } from '@/lib/base/errors'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { showSequence } from '@/lib/resources/sequences/row'
import { findSteps } from '@/lib/resources/sequences/steps'

/** @throws DomainError not_found */
export async function getSequence(ctx: ResourceContext, { id }: { id: string }) {
  const row = await ctx.db.sequence.findFirst({ where: { ...ctx.tenant, id } })
  if (!row) throw notFound('sequence')
  return showSequence(row, await findSteps(ctx, id))
}
