import { recordActivities } from '@/lib/activities/record'
import type { ActivityType } from '@/lib/activities/types'
import type { ResourceContext } from '@/lib/actors/context'
import type { Enrollment } from '@/lib/db/generated/client'
import type { Transaction } from '@/lib/db/transaction'

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
