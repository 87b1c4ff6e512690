import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { DomainError } from '@/lib/base/errors'
import { runtime } from '@/lib/base/node/runtime'
import { NOTICE_KINDS, type NoticeKind } from '@/lib/people/notices/contract'

/** Whose mails a link ends, and of which kinds; a version before may have mailed of kinds that are no more. */
const ending = z.tuple([z.uuid(), z.array(z.string())])

const MAC_BYTES = 16

const mac = (payload: Uint8Array): Buffer =>
  createHmac('sha256', runtime().authSecret)
    .update('end notices by mail:')
    .update(payload)
    .digest()
    .subarray(0, MAC_BYTES)

/** A token that ends mails of these kinds to this person, and can do nothing else. It is good as long as they get mails. */
export function sealEnd(user_id: string, kinds: readonly string[]): string {
  const payload = Buffer.from(JSON.stringify([user_id, kinds]))
  return Buffer.concat([mac(payload), payload]).toString('base64url')
}

/** @throws DomainError not_found for what was not sealed here, and where none of its kinds is left */
export function openEnd(token: string): { user_id: string; kinds: NoticeKind[] } {
  const bytes = Buffer.from(token, 'base64url')
  const payload = bytes.subarray(MAC_BYTES)
  const exact = payload.length > 0 && bytes.toString('base64url') === token
  if (!exact || !timingSafeEqual(bytes.subarray(0, MAC_BYTES), mac(payload))) throw noSuchLink()
  const [user_id, sealed] = ending.parse(JSON.parse(payload.toString()))
  const kinds = NOTICE_KINDS.filter((kind) => sealed.includes(kind))
  if (kinds.length === 0) throw noSuchLink()
  return { user_id, kinds }
}

export const noSuchLink = () =>
  new DomainError('not_found', 'This link is not whole. Open it as it stands in the mail.')
