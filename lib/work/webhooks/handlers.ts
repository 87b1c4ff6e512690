import type { Handler } from '@/lib/kernel/jobs/handle'
import { relayHandler } from '@/lib/work/webhooks/relay/relay'
import { tellExpiringHandler } from '@/lib/work/webhooks/relay/tell-expiring'
import { deliverHandler } from '@/lib/work/webhooks/sending/deliver'

/** All that goes on behind the subscriptions. */
export const webhookHandlers: readonly Handler[] = [relayHandler, deliverHandler, tellExpiringHandler]
