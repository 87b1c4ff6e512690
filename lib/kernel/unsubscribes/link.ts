import { createHmac, timingSafeEqual } from 'node:crypto'
import { runtime } from '@/lib/base/node/runtime'

/**
 * The link of a mail by which its reader unsubscribes. It names the mail, signed: nobody can make one for a mail of
 * others, and no address stands in it.
 */

const ID_BYTES = 16
const MAC_BYTES = 16

const mac = (id: Buffer) =>
  createHmac('sha256', runtime().authSecret).update('unsubscribe:').update(id).digest().subarray(0, MAC_BYTES)

const urlOf = (token: string) => `${runtime().appUrl}/u/${token}`

/** @param email_id of the mail that it stands in */
export function unsubscribeUrl(email_id: string): string {
  const id = Buffer.from(email_id.replaceAll('-', ''), 'hex')
  return urlOf(Buffer.concat([id, mac(id)]).toString('base64url'))
}

/** Where a preview leads: it unsubscribes nobody. */
export const exampleUnsubscribeUrl = (): string => urlOf('example')

/** @returns the id of the mail; null for what we have not made */
export function openUnsubscribeToken(token: string): string | null {
  const bytes = Buffer.from(token, 'base64url')
  const id = bytes.subarray(0, ID_BYTES)
  const signed = bytes.subarray(ID_BYTES)
  // Node ignores what is not base64url; a token must be the very text that was handed out.
  const exact = bytes.length === ID_BYTES + MAC_BYTES && bytes.toString('base64url') === token
  if (!exact || !timingSafeEqual(signed, mac(id))) return null
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** The headers by which mail programs offer to unsubscribe with one click (RFC 2369, RFC 8058). */
export const unsubscribeHeaders = (url: string) => ({
  'List-Unsubscribe': `<${url}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
})
