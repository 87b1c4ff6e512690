import { DomainError, validationFailed } from '@/lib/base/errors'
import { excludedBy } from '@/lib/kernel/exclusions/find'
import { get, implement, inOneTransaction, move, paged, table } from '@/lib/kernel/rows/kit'
import { findCandidates } from '@/lib/resources/sequences/enrollments/candidates'
import { enrollmentRows, enrollmentOperations as operations } from '@/lib/resources/sequences/enrollments/contract'
import { insertEnrollments } from '@/lib/resources/sequences/enrollments/insert'

const enrollments = table(enrollmentRows)

/** An enrollment is found in its sequence only. */
const inSequence = ({ id, enrollment_id }: { id: string; enrollment_id: string }) => ({
  sequence_id: id,
  id: enrollment_id,
})

export const enrollmentVerbs = [
  implement(operations.listEnrollments, (ctx, { params, query }) =>
    paged(ctx, enrollments, query, { sequence_id: params.id }),
  ),
  implement(operations.getEnrollment, (ctx, { params }) => get(ctx, enrollments, inSequence(params))),
  implement(operations.unenroll, (ctx, { params }) => move(ctx, enrollments, inSequence(params), 'remove')),
  implement(
    operations.enroll,
    inOneTransaction(async (ctx, { params, body }) => {
      const [contact] = (await findCandidates(ctx, params.id, [body.contact_id])).values()
      if (!contact) throw validationFailed([{ path: 'contact_id', message: 'There is no such contact.' }])
      const { email, rule } = contact
      if (rule) throw new DomainError('contact_excluded', excludedBy(rule, email), { existing_id: rule.id })
      const { created, existing } = await insertEnrollments(ctx, params.id, [contact.id])
      const [row] = created
      if (row) return get(ctx, enrollments, { id: row.id })
      const existing_id = existing[0]?.id
      throw new DomainError('already_exists', 'This contact is enrolled in this sequence already.', { existing_id })
    }),
  ),
  // A fixed number of statements, however many contacts. A contact that is named twice is enrolled the first time.
  implement(
    operations.enrollMany,
    inOneTransaction(async (ctx, { params, body: { contact_ids } }) => {
      const candidates = await findCandidates(ctx, params.id, contact_ids)
      // In one order for all calls, so that two at once wait for each other in turn and never in a circle.
      const admitted = [...candidates.values()].filter(({ rule }) => !rule).map(({ id }) => id)
      const { created, existing } = await insertEnrollments(ctx, params.id, admitted.sort())
      const fresh = new Map(created.map((row) => [row.contact_id, row.id]))
      const earlier = new Map(existing.map((row) => [row.contact_id, row.id]))
      const resultOf = (id: string, index: number): 'enrolled' | 'already_enrolled' | 'excluded' | 'not_found' => {
        const contact = candidates.get(id)
        if (!contact) return 'not_found'
        if (contact.rule) return 'excluded'
        return fresh.has(id) && contact_ids.indexOf(id) === index ? 'enrolled' : 'already_enrolled'
      }
      const data = contact_ids.map((id, index) => ({
        id,
        result: resultOf(id, index),
        enrollment_id: fresh.get(id) ?? earlier.get(id) ?? null,
        exclusion_id: candidates.get(id)?.rule?.id ?? null,
      }))
      return { data }
    }),
  ),
]
