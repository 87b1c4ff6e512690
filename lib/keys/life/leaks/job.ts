import { z } from 'zod'
import { defineJob } from '@/lib/kernel/jobs/define'

/** Reports that one statement takes, and one job tells of. */
export const MOST_REPORTS = 100

/** Tells the Admins of keys that were revoked as leaked; of none where a report named no key of ours. */
export const tellOfLeaks = defineJob({
  name: 'leak.tell',
  data: z.strictObject({ key_ids: z.array(z.uuid()).max(MOST_REPORTS) }),
})
