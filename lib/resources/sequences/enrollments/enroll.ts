import { DomainError, validationFailed } from '@/lib/base/errors'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { inTransaction } from '@/lib/kernel/db/transaction'
import { findCandidates } from '@/lib/resources/sequences/enrollments/candidates'
import { insertEnrollments } from '@/lib/resources/sequences/enrollments/insert'
import { showEnrollment } from '@/lib/resources/sequences/enrollments/row'

type Input = { sequence_id: string; contact_id: string }

/**
 * Enrolls one contact.
 * @throws DomainError not_found, wrong_state, validation_failed, contact_excluded, already_exists
 */
export function enroll(context: ResourceContext, { sequence_id, contact_id }: Input) {
  return inTransaction(context, async (ctx) => {
    const contact = [...(await findCandidates(ctx, sequence_id, [contact_id])).values()][0]
    if (!contact) throw validationFailed([{ path: 'contact_id', message: 'There is no such contact.' }])
    const { email, rule } = contact
    if (rule) {
      throw new DomainError(
        'contact_excluded',
        `${email} is excluded by the rule for the ${rule.kind} ${rule.value}.`,
        {
          existing_id: rule.id,
        },
      )
    }
    const { created, existing } = await insertEnrollments(ctx, sequence_id, [contact.id])
    const [row] = created
    if (!row) {
      throw new DomainError('already_exists', 'This contact is enrolled in this sequence already.', {
        existing_id: existing[0]?.id,
      })
    }
    return showEnrollment(row)
  })
}
