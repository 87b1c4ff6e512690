import { z } from 'zod'
import { defineJob } from '@/lib/kernel/jobs/define'

/** Sends one email to all of its recipients. */
export const sendEmail = defineJob({
  name: 'email.send',
  data: z.strictObject({
    email_id: z.uuid(),
    /** Who asked for it, for the stream of activities. */
    actor: z.strictObject({
      kind: z.enum(['key', 'sequence', 'flow', 'form']),
      id: z.uuid().nullable(),
      label: z.string(),
    }),
  }),
  // About six hours: what lists addresses in grey lets them pass within one.
  attempts: 16,
  // Servers of mails count connections.
  at_once: 8,
})
