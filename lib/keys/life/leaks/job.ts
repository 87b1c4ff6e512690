import { z } from 'zod'
import { defineJob } from '@/lib/kernel/jobs/define'

/** Reports that one statement takes. */
export const MOST_REPORTS = 100

/**
 * Tells the Admins of keys that were revoked as leaked; of none where a report named no key of ours. Which they are stands in
 * the audit; the ids that jobs of a version before carry are read by nobody.
 */
export const tellOfLeaks = defineJob({
  name: 'leak.tell',
  data: z.object({}),
})
