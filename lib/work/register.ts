import type { Handler } from '@/lib/kernel/jobs/handle'
import { noticeHandlers } from '@/lib/people/notices/handlers'
import { logHeadsHandler } from '@/lib/work/audit/log-heads'
import { sealHandler } from '@/lib/work/audit/seal'
import { campaignsHandler } from '@/lib/work/campaigns/carry-out'
import { choreHandlers } from '@/lib/work/housekeeping/chores'
import { sendEmailHandler } from '@/lib/work/sending/send-email'
import { stepsHandler } from '@/lib/work/steps/carry-out'
import { webhookHandlers } from '@/lib/work/webhooks/handlers'

/** Every kind of work, each with what carries it out. What is not here is not done. */
export const HANDLERS: readonly Handler[] = [
  sendEmailHandler,
  stepsHandler,
  ...noticeHandlers,
  campaignsHandler,
  sealHandler,
  logHeadsHandler,
  ...webhookHandlers,
  ...choreHandlers,
]

/** What carries out a kind; undefined for one of another version. */
export const handlerOf = (kind: string): Handler | undefined => HANDLERS.find((handler) => handler.kind.name === kind)
