import type { ActivityType } from '@/lib/contracts/activity-types'
import { recordActivities } from '@/lib/kernel/activities/record'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import type { Enrollment } from '@/lib/kernel/db/generated/client'
import type { Transaction } from '@/lib/kernel/db/transaction'

type Changed = Pick<Enrollment, 'id' | 'sequence_id' | 'contact_id'>

/** Writes a change of enrollments into the histories of their contacts. */
export const recordEnrollments = (
  ctx: ResourceContext & { db: Transaction },
  type: Extract<ActivityType, 'contact.enrolled' | 'contact.unenrolled'>,
  enrollments: Changed[],
): Promise<void> =>
  recordActivities(
    ctx,
    enrollments.map(({ id, sequence_id, contact_id }) => ({
      type,
      subject: { kind: 'contact', id: contact_id },
      contact_id,
      data: { sequence_id, enrollment_id: id },
    })),
  )
