import { z } from 'zod'
import { id } from '@/lib/contracts/fields'
import * as r from '@/lib/contracts/rows/kit'
import * as webhooks from '@/lib/work/webhooks/contract'

const reading = { scope: 'webhooks:read' } as const
const writing = { scope: 'webhooks:write' } as const
const ofWebhook = { path: '/webhooks/{id}', params: z.object({ id: id() }) } as const
const ofDelivery = {
  path: '/webhooks/{id}/deliveries/{delivery_id}',
  params: z.object({ id: id(), delivery_id: id() }),
} as const

const BOUNDS = 'What happens to API keys, and so `*`, needs the scope `admin`.'

export const webhooksContract = r.defineResource({
  name: 'webhooks',
  // What is sent is everything that happens, to an address that the caller chooses.
  administration: true,
  description: 'Where events are sent as they happen, signed; the log of what was sent, and how it was answered.',
  actions: { read: 'Read webhooks and their log', write: 'Create, change, test and delete webhooks' },
  operations: {
    list: {
      ...reading,
      method: 'get',
      path: '/webhooks',
      summary: 'List webhooks',
      query: webhooks.listWebhooksQuery,
      reply: { status: 200, schema: webhooks.webhookPage, description: 'A page of webhooks, without their secrets.' },
    },
    create: {
      ...writing,
      method: 'post',
      path: '/webhooks',
      summary: 'Create a webhook',
      description: `Events from now on are sent to it. ${BOUNDS}`,
      body: webhooks.createWebhookInput,
      etag: true,
      secret: 'secret',
      errors: ['role_forbids', 'webhook_limit_reached'],
      reply: {
        status: 201,
        schema: webhooks.webhookShownOnce,
        description: 'The new webhook: the only reply that shows its secret.',
      },
    },
    get: {
      ...reading,
      ...ofWebhook,
      method: 'get',
      summary: 'Get a webhook',
      etag: true,
      reply: { status: 200, schema: webhooks.webhook, description: 'The webhook, without its secret.' },
    },
    update: {
      ...writing,
      ...ofWebhook,
      method: 'patch',
      summary: 'Update a webhook',
      description: `A JSON merge patch (RFC 7396): what is absent stays, null clears. What waits goes to the new address. ${BOUNDS}`,
      body: webhooks.updateWebhookInput,
      preconditions: r.MATCH,
      etag: true,
      errors: ['role_forbids'],
      reply: { status: 200, schema: webhooks.webhook, description: 'The webhook as it is now.' },
    },
    delete: {
      ...writing,
      ...ofWebhook,
      method: 'delete',
      summary: 'Delete a webhook',
      description: 'Its log goes with it. What is on its way may still arrive.',
      preconditions: r.MATCH,
      errors: ['role_forbids'],
      reply: { status: 204, schema: null, description: 'The webhook is gone.' },
    },
    rotateSecret: {
      ...writing,
      ...ofWebhook,
      path: '/webhooks/{id}/rotate_secret',
      method: 'post',
      summary: 'Rotate the secret of a webhook',
      description: `For as long as you say both secrets sign. ${BOUNDS}`,
      body: webhooks.rotateSecretInput,
      etag: true,
      secret: 'secret',
      errors: ['role_forbids'],
      reply: {
        status: 200,
        schema: webhooks.webhookShownOnce,
        description: 'The webhook with its new secret: the only reply that shows it.',
      },
    },
    replay: {
      ...writing,
      ...ofWebhook,
      path: '/webhooks/{id}/replay',
      method: 'post',
      summary: 'Replay a span of time',
      description:
        'Sends again what was made within it, up to 1,000 deliveries a call, each with the `webhook-id` that it had.',
      body: webhooks.replayRangeInput,
      errors: ['role_forbids', 'wrong_state'],
      reply: { status: 200, schema: webhooks.replayedRange, description: 'How many are sent again.' },
    },
    listDeliveries: {
      ...reading,
      ...ofWebhook,
      path: '/webhooks/{id}/deliveries',
      method: 'get',
      summary: 'List deliveries',
      query: webhooks.listDeliveriesQuery,
      reply: { status: 200, schema: webhooks.deliveryPage, description: 'A page of the log, the newest first.' },
    },
    sendTest: {
      ...writing,
      ...ofWebhook,
      path: '/webhooks/{id}/deliveries',
      method: 'post',
      summary: 'Send a test event',
      description: 'An event of the type `webhook.test`, tried once.',
      errors: ['role_forbids', 'wrong_state'],
      reply: { status: 201, schema: webhooks.delivery, description: 'The delivery, which is made in a moment.' },
    },
    getDelivery: {
      ...reading,
      ...ofDelivery,
      method: 'get',
      summary: 'Get a delivery',
      reply: { status: 200, schema: webhooks.deliveryWithLog, description: 'The delivery with its attempts.' },
    },
    replayDelivery: {
      ...writing,
      ...ofDelivery,
      path: '/webhooks/{id}/deliveries/{delivery_id}/replay',
      method: 'post',
      summary: 'Replay a delivery',
      description: 'Sends it again, with the `webhook-id` that it had.',
      errors: ['role_forbids', 'wrong_state'],
      reply: { status: 200, schema: webhooks.deliveryWithLog, description: 'The delivery, which is made in a moment.' },
    },
  },
})
