import { z } from 'zod'
import { id, instant, text } from '@/lib/contracts/fields'
import { KEY_ENVIRONMENTS } from '@/lib/contracts/key-terms'
import { pageOf, pageQuery, sortQuery } from '@/lib/contracts/page'

/** Browser-safe: subscriptions to events and the log of what was sent, for both APIs and the pages. */

const MAX_URL = 2_048

/** Subscriptions of an organisation in one environment. */
export const MAX_WEBHOOKS = 50

/** How long the secret before goes on signing, in hours. */
export const OVERLAP_HOURS = [0, 1, 24, 168] as const

/** A subscription to it gets every event of its environment, but for those of a stream, as the audit log is one. */
export const EVERY_EVENT = '*'

/** What a test sends. */
export const TEST_EVENT = 'webhook.test'

/** How long the log is kept. */
export const LOG_DAYS = 30

const environment = z.enum(KEY_ENVIRONMENTS)

/** One spelling of each URL: `https://0x7f.1` is kept as the address that it means. */
const normalize = (value: string): string => (URL.canParse(value) ? new URL(value).href : value)

const hasNoCredentials = (value: string): boolean => {
  if (!URL.canParse(value)) return true
  const { username, password } = new URL(value)
  return username === '' && password === ''
}

const isHttp = (value: string): boolean => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)

const receiverUrl = z
  .string()
  .trim()
  .overwrite(normalize)
  .max(MAX_URL, `At most ${MAX_URL.toLocaleString('en')} characters.`)
  .refine(isHttp, 'An https address, like https://example.com/webhooks.')
  .refine(hasNoCredentials, 'Leave the user name and the password out: the signature shows who sends.')
  .refine((value) => !value.includes('#'), 'Leave the part behind # out: it is not sent.')
  .meta({ format: 'uri', maxLength: MAX_URL, example: 'https://example.com/webhooks' })

const BASE64 = /^whsec_(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** How many bytes a secret stands for; base64 says six bits with each letter. */
const bytesOf = (secret: string): number => Math.floor((secret.replace(/^whsec_|=+$/g, '').length * 6) / 8)

const givenSecret = z
  .string()
  .max(100, 'At most 64 bytes.')
  .regex(BASE64, { error: '`whsec_` and base64 with its padding.', abort: true })
  .refine((value) => bytesOf(value) >= 24 && bytesOf(value) <= 64, 'Between 24 and 64 bytes.')
  .optional()
  .meta({ description: 'Where it is absent, one is made. `whsec_` and the base64 of 24 to 64 random bytes.' })

const fields = {
  url: receiverUrl.meta({
    description: 'Where events are posted to: https, on the port 443 or 8443, on the Internet.',
    example: 'https://example.com/webhooks',
  }),
  events: z
    .array(z.string().max(100))
    .min(1, 'At least one event.')
    .max(200, 'At most 200 events.')
    .transform((events) => [...new Set(events)])
    .meta({
      description:
        'Types of events, or `*` for all that there are and will be, but for those of the audit log: `audit.*`.',
      example: ['contact.created'],
    }),
  description: text(500).nullable().optional().meta({ example: 'Tells the CRM.' }),
  enabled: z.boolean().optional().meta({ description: 'While it is false, nothing is sent.', example: true }),
}

export const createWebhookInput = z.strictObject({ ...fields, secret: givenSecret })

/** From the settings pages, where no key says of which environment. */
export const createWebhookByMemberInput = createWebhookInput.extend({ environment })

export const updateWebhookInput = z.strictObject(fields).partial()

export const rotateSecretInput = z.strictObject({
  overlap_hours: z
    .union(
      OVERLAP_HOURS.map((hours) => z.literal(hours)),
      `One of ${OVERLAP_HOURS.join(', ')}.`,
    )
    .meta({ description: 'How long the secret before signs beside the new one, in hours.', example: 24 }),
  secret: givenSecret,
})

const disabledReason = z.enum(['by_hand', 'gone', 'failing'])

export const webhook = z
  .object({
    id: id(),
    environment,
    url: z.string(),
    description: z.string().nullable(),
    events: z.array(z.string()),
    enabled: z.boolean(),
    disabled_reason: disabledReason.nullable().meta({
      description: '`gone`: the receiver answered 410. `failing`: nothing arrived for five days.',
    }),
    disabled_at: instant().nullable(),
    failing_since: instant().nullable().meta({ description: 'When attempts began to fail, since the last success.' }),
    previous_secret_until: instant()
      .nullable()
      .meta({ description: 'Until then the secret before signs too; null: there is none.' }),
    created_at: instant(),
    updated_at: instant(),
  })
  .meta({ id: 'Webhook' })

/** The reply that shows the secret: null where the answer is repeated for an Idempotency-Key. */
export const webhookShownOnce = webhook
  .extend({
    secret: z
      .string()
      .nullable()
      .meta({ description: 'What receivers verify with, this once. Null when the answer is repeated.' }),
  })
  .meta({ id: 'NewWebhook' })

export const webhookPage = pageOf(webhook)

export const listWebhooksQuery = z.strictObject({ ...pageQuery, sort: sortQuery(['created_at'], '-created_at') })

export const listWebhooksByMemberQuery = listWebhooksQuery.extend({ environment: environment.optional() })

const deliveryStatus = z.enum(['pending', 'delivered', 'failed'])

const attempt = z.object({
  number: z.int().meta({ description: 'From 1.' }),
  at: instant(),
  duration_ms: z.int(),
  status_code: z.int().nullable().meta({ description: 'Null: there was no reply.' }),
  error: z.string().nullable().meta({ description: 'Why there was none.' }),
  reply: z.string().nullable().meta({ description: 'Its first 1,024 bytes.' }),
})

const deliveryFields = {
  id: id(),
  event_id: id().meta({ description: 'The header `webhook-id`: the same at every attempt.' }),
  type: z.string(),
  status: deliveryStatus,
  attempts: z.int().meta({ description: 'How many have been made.' }),
  next_attempt_at: instant().nullable(),
  created_at: instant().meta({ description: 'When it happened.' }),
  ended_at: instant().nullable().meta({ description: 'When it arrived, or was given up.' }),
}

export const delivery = z.object(deliveryFields).meta({ id: 'WebhookDelivery' })

/** With its attempts, the first one first. */
export const deliveryWithLog = z
  .object({ ...deliveryFields, log: z.array(attempt) })
  .meta({ id: 'WebhookDeliveryWithLog' })

export const deliveryPage = pageOf(delivery)

export const listDeliveriesQuery = z.strictObject({
  ...pageQuery,
  status: deliveryStatus.optional(),
  sort: sortQuery(['created_at'], '-created_at'),
})

export const replayRangeInput = z
  .strictObject({
    after: instant().meta({
      description: 'What happened at this instant or later.',
      example: '2027-01-31T09:00:00Z',
    }),
    before: instant().optional().meta({ description: 'And before this one. Absent: up to now.' }),
    status: deliveryStatus
      .exclude(['pending'])
      .default('failed')
      .meta({ description: 'Those that failed, or those that arrived.', example: 'failed' }),
  })
  .refine(({ after, before }) => before === undefined || after < before, {
    path: ['before'],
    message: 'An instant later than `after`.',
  })

export const replayedRange = z
  .object({ replayed: z.int().meta({ description: 'How many are sent again.' }) })
  .meta({ id: 'ReplayedRange' })

export type Webhook = z.output<typeof webhook>
export type CreateWebhookInput = z.output<typeof createWebhookInput>
export type UpdateWebhookInput = z.output<typeof updateWebhookInput>
export type RotateSecretInput = z.output<typeof rotateSecretInput>
export type ListWebhooksQuery = z.output<typeof listWebhooksByMemberQuery>
export type ShownDelivery = z.output<typeof delivery>
export type DeliveryWithLog = z.output<typeof deliveryWithLog>
export type ListDeliveriesQuery = z.output<typeof listDeliveriesQuery>
export type ReplayRangeInput = z.output<typeof replayRangeInput>
