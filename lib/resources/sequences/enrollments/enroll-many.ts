import type { ResourceContext } from '@/lib/kernel/actors/context'
import { inTransaction } from '@/lib/kernel/db/transaction'
import { findCandidates } from '@/lib/resources/sequences/enrollments/candidates'
import { insertEnrollments } from '@/lib/resources/sequences/enrollments/insert'

type Input = { sequence_id: string; contact_ids: string[] }

/**
 * Enrolls those of the contacts who can be, in a fixed number of statements. A contact that is named twice is enrolled
 * the first time.
 * @throws DomainError not_found, wrong_state
 */
export function enrollMany(context: ResourceContext, { sequence_id, contact_ids }: Input) {
  return inTransaction(context, async (ctx) => {
    const candidates = await findCandidates(ctx, sequence_id, contact_ids)
    // In one order for all calls, so that two at once wait for each other in turn and never in a circle.
    const admitted = [...candidates.values()].filter(({ rule }) => !rule).map(({ id }) => id)
    const { created, existing } = await insertEnrollments(ctx, sequence_id, admitted.sort())
    const fresh = new Map(created.map((row) => [row.contact_id, row.id]))
    const earlier = new Map(existing.map((row) => [row.contact_id, row.id]))
    const data = contact_ids.map((id, index) => {
      const contact = candidates.get(id)
      const told = (result: 'enrolled' | 'already_enrolled' | 'excluded' | 'not_found') => ({
        id,
        result,
        enrollment_id: fresh.get(id) ?? earlier.get(id) ?? null,
        exclusion_id: contact?.rule?.id ?? null,
      })
      if (!contact) return told('not_found')
      if (contact.rule) return told('excluded')
      return told(fresh.has(id) && contact_ids.indexOf(id) === index ? 'enrolled' : 'already_enrolled')
    })
    return { data }
  })
}
