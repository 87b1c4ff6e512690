import { z } from 'zod'
import { HOUR_MS } from '@/lib/base/time'
import { logHeads } from '@/lib/kernel/audit/chain/log-heads'
import { defineJob } from '@/lib/kernel/jobs/define'
import { handle } from '@/lib/kernel/jobs/handle'

const tellHeads = defineJob({ name: 'audit.log_heads', data: z.strictObject({}), every: HOUR_MS, at_once: 1 })

/** Tells the process' log every hour how far the audit log is sealed. */
export const logHeadsHandler = handle(tellHeads, ({ db }) => logHeads(db))
