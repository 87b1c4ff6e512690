import { listAudit } from '@/lib/kernel/audit/read/list'
import { implement, serve } from '@/lib/kernel/rows/kit'
import { auditEventsContract } from '@/lib/resources/audit-events/contract'

const { operations } = auditEventsContract

/** The verbs of the settings pages. */
export const auditEventsApi = serve(auditEventsContract, [
  implement(operations.list, (ctx, { query }) => listAudit(ctx, query)),
])
