import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { DomainError } from '@/lib/base/errors'
import { runtime } from '@/lib/base/node/runtime'

/** The values of the last row shown, one per sort key, the id last. */
export type Position = string[]

const position = z.array(z.string()).min(1)

const MAC_BYTES = 16

function mac(list: string, values: string): Buffer {
  // The length keeps list and values apart, so that no other pair gives the same bytes.
  return createHmac('sha256', runtime().authSecret)
    .update(`cursor:${list.length}:${list}:${values}`)
    .digest()
    .subarray(0, MAC_BYTES)
}

/**
 * An opaque cursor: the position, signed together with `list`, which names the list, its tenant, filters and sort. It
 * opens no other list and cannot be edited.
 */
export function sealCursor(list: string, values: Position): string {
  const payload = Buffer.from(JSON.stringify(values))
  return Buffer.concat([mac(list, payload.toString()), payload]).toString('base64url')
}

/** @throws DomainError invalid_cursor unless `cursor` was sealed for this very `list` */
export function openCursor(list: string, cursor: string): Position {
  const bytes = Buffer.from(cursor, 'base64url')
  const payload = bytes.subarray(MAC_BYTES).toString()
  const signed = bytes.subarray(0, MAC_BYTES)
  // Node ignores what is not base64url; a cursor must be the very text that was handed out.
  const exact = bytes.length > MAC_BYTES && bytes.toString('base64url') === cursor
  if (!exact || !timingSafeEqual(signed, mac(list, payload))) {
    throw new DomainError(
      'invalid_cursor',
      'This cursor was not made for this list. Send next_cursor as it came, with the same filters and sort.',
    )
  }
  return position.parse(JSON.parse(payload))
}
