import { route } from '@/lib/http/dashboard/route'
import * as webhooks from '@/lib/work/webhooks/contract'
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

const WEBHOOKS = '/orgs/:org/webhooks'
const WEBHOOK = '/orgs/:org/webhooks/:id'
const DELIVERIES = '/orgs/:org/webhooks/:id/deliveries'
const DELIVERY = '/orgs/:org/webhooks/:id/deliveries/:delivery'
const names = 'webhook'

/** `/orgs/:org/webhooks`: where events are sent, and the log of what was. */
export const webhookRoutes = [
  route(
    {
      method: 'get',
      path: WEBHOOKS,
      role: 'see_webhooks',
      query: webhooks.listWebhooksByMemberQuery,
      reply: { status: 200, schema: webhooks.webhookPage },
    },
    (ctx, { query }) => listWebhooks(ctx, query),
  ),
  route(
    {
      method: 'post',
      path: WEBHOOKS,
      role: 'manage_webhooks',
      proof: 'to_widen',
      body: webhooks.createWebhookByMemberInput,
      reply: { status: 201, schema: webhooks.webhookShownOnce },
    },
    (ctx, { body }) => createWebhook(ctx, body),
  ),
  route(
    { method: 'get', path: WEBHOOK, role: 'see_webhooks', names, reply: { status: 200, schema: webhooks.webhook } },
    (ctx, { params: { id } }) => getWebhook(ctx, { id }),
  ),
  route(
    {
      method: 'patch',
      path: WEBHOOK,
      role: 'manage_webhooks',
      proof: 'to_widen',
      names,
      body: webhooks.updateWebhookInput,
      reply: { status: 200, schema: webhooks.webhook },
    },
    (ctx, { params: { id }, body }) => updateWebhook(ctx, { id, changes: body }),
  ),
  route(
    {
      method: 'delete',
      path: WEBHOOK,
      role: 'manage_webhooks',
      proof: 'never',
      names,
      reply: { status: 204, schema: null },
    },
    (ctx, { params: { id } }) => deleteWebhook(ctx, { id }),
  ),
  route(
    {
      method: 'post',
      path: `${WEBHOOK}/rotate-secret`,
      role: 'manage_webhooks',
      proof: 'to_widen',
      names,
      body: webhooks.rotateSecretInput,
      reply: { status: 200, schema: webhooks.webhookShownOnce },
    },
    (ctx, { params: { id }, body }) => rotateWebhookSecret(ctx, { id, ...body }),
  ),
  route(
    {
      method: 'post',
      path: `${WEBHOOK}/replay`,
      role: 'manage_webhooks',
      proof: 'never',
      names,
      body: webhooks.replayRangeInput,
      reply: { status: 200, schema: webhooks.replayedRange },
    },
    (ctx, { params: { id }, body }) => replayRange(ctx, { id, ...body }),
  ),
  route(
    {
      method: 'get',
      path: DELIVERIES,
      role: 'see_webhooks',
      names,
      query: webhooks.listDeliveriesQuery,
      reply: { status: 200, schema: webhooks.deliveryPage },
    },
    (ctx, { params: { id }, query }) => listDeliveries(ctx, { id, ...query }),
  ),
  route(
    {
      method: 'post',
      path: DELIVERIES,
      role: 'manage_webhooks',
      proof: 'never',
      names,
      reply: { status: 201, schema: webhooks.delivery },
    },
    (ctx, { params: { id } }) => sendTest(ctx, { id }),
  ),
  route(
    {
      method: 'get',
      path: DELIVERY,
      role: 'see_webhooks',
      names,
      reply: { status: 200, schema: webhooks.deliveryWithLog },
    },
    (ctx, { params: { id, delivery: delivery_id } }) => getDelivery(ctx, { id, delivery_id }),
  ),
  route(
    {
      method: 'post',
      path: `${DELIVERY}/replay`,
      role: 'manage_webhooks',
      proof: 'never',
      names,
      reply: { status: 200, schema: webhooks.deliveryWithLog },
    },
    (ctx, { params: { id, delivery: delivery_id } }) => replayDelivery(ctx, { id, delivery_id }),
  ),
]
