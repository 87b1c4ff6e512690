import { createHmac } from 'node:crypto'

/** What is signed, as Standard Webhooks 1.0.0 calls it. */
type Signed = { id: string; timestamp: number; body: string }

/** @returns `v1,` and the HMAC-SHA256 in base64 */
const signature = (secret: Uint8Array, { id, timestamp, body }: Signed): string =>
  `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`

/**
 * The headers by which a receiver knows who sent a message, and when (Standard Webhooks 1.0.0).
 * @param secrets each signs: two of them while one follows the other
 * @param message `timestamp` in seconds
 */
export const signedHeaders = (secrets: readonly Uint8Array[], message: Signed) => ({
  'webhook-id': message.id,
  'webhook-timestamp': String(message.timestamp),
  'webhook-signature': secrets.map((secret) => signature(secret, message)).join(' '),
})
