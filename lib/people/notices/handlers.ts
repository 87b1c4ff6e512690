import type { Handler } from '@/lib/kernel/jobs/handle'
import { askedBeforeHandlers } from '@/lib/people/notices/asked-before'
import { newsHandlers } from '@/lib/people/notices/look'
import { mailNoticesHandler } from '@/lib/people/notices/mail/send'

/** All that goes on behind the notices. */
export const noticeHandlers: readonly Handler[] = [...newsHandlers, mailNoticesHandler, ...askedBeforeHandlers]
