import { z } from 'zod'
import { defineJob } from '@/lib/kernel/jobs/define'
import { MOST_REPORTS } from '@/lib/keys/life/leaks/job'

/** One mail, to one Admin, about leaked keys of one organisation. */
export const mailOfLeaks = defineJob({
  name: 'leak.mail',
  data: z.strictObject({ user_id: z.uuid(), organization_id: z.uuid(), key_ids: z.array(z.uuid()).max(MOST_REPORTS) }),
})
