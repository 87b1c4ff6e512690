import { z } from 'zod'
import { id, instant } from '@/lib/contracts/fields'
import { pageOf, pageQuery, sortQuery } from '@/lib/contracts/page'

/** Browser-safe: how the audit is told. */

const facts = z.record(z.string(), z.json())

export const auditEntry = z.object({
  id: id(),
  at: instant(),
  actor: z.object({ kind: z.string(), label: z.string() }),
  action: z.string(),
  /** What of the target there was, and what there is; null where the action has no such thing. */
  before: facts.nullable(),
  after: facts.nullable(),
  reason: z.string().nullable(),
  address: z.string().nullable(),
  user_agent: z.string().nullable(),
  request_id: z.string().nullable(),
})

export const auditPage = pageOf(auditEntry)

export const historyQuery = z.strictObject({ ...pageQuery, sort: sortQuery(['at'], '-at') })

export type AuditEntry = z.output<typeof auditEntry>
export type HistoryQuery = z.output<typeof historyQuery>
