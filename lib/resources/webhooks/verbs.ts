import { implement, serve, withDatabase } from '@/lib/kernel/rows/kit'
import { webhooksContract } from '@/lib/resources/webhooks/contract'
import { getDelivery } from '@/lib/work/webhooks/deliveries/get'
import { listDeliveries } from '@/lib/work/webhooks/deliveries/list'
import { replayDelivery, replayRange } from '@/lib/work/webhooks/deliveries/replay'
import { sendTest } from '@/lib/work/webhooks/deliveries/send-test'
import { createWebhook } from '@/lib/work/webhooks/subscriptions/create'
import { deleteWebhook } from '@/lib/work/webhooks/subscriptions/delete'
import { getWebhook } from '@/lib/work/webhooks/subscriptions/get'
import { listWebhooks } from '@/lib/work/webhooks/subscriptions/list'
import { rotateWebhookSecret } from '@/lib/work/webhooks/subscriptions/rotate-secret'
import { updateWebhook } from '@/lib/work/webhooks/subscriptions/update'

const { operations } = webhooksContract

/** The verbs of the settings pages; a key reaches its own environment. */
export const webhooksApi = serve(webhooksContract, [
  implement(operations.list, (ctx, { query }) => listWebhooks(ctx, query)),
  implement(
    operations.create,
    withDatabase((ctx, { body }) => createWebhook(ctx, { ...body, environment: ctx.actor.environment })),
  ),
  implement(operations.get, (ctx, { params }) => getWebhook(ctx, params)),
  implement(
    operations.update,
    withDatabase((ctx, { params, body }) =>
      updateWebhook(ctx, { ...params, changes: body, versions: ctx.request.if_match }),
    ),
  ),
  implement(
    operations.delete,
    withDatabase(async (ctx, { params }) => {
      await deleteWebhook(ctx, { ...params, versions: ctx.request.if_match })
      return undefined
    }),
  ),
  implement(
    operations.rotateSecret,
    withDatabase((ctx, { params, body }) => rotateWebhookSecret(ctx, { ...params, ...body })),
  ),
  implement(
    operations.replay,
    withDatabase((ctx, { params, body }) => replayRange(ctx, { ...params, ...body })),
  ),
  implement(operations.listDeliveries, (ctx, { params, query }) => listDeliveries(ctx, { ...params, ...query })),
  implement(
    operations.sendTest,
    withDatabase((ctx, { params }) => sendTest(ctx, params)),
  ),
  implement(operations.getDelivery, (ctx, { params }) => getDelivery(ctx, params)),
  implement(
    operations.replayDelivery,
    withDatabase((ctx, { params }) => replayDelivery(ctx, params)),
  ),
])
