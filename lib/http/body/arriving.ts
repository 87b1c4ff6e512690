import { DomainError } from '@/lib/base/errors'

export const brokenOff = () => new DomainError('invalid_request', 'The body broke off before its end.')

const tooLarge = (limit: number) =>
  new DomainError('payload_too_large', `The body is larger than ${limit.toLocaleString('en')} bytes.`)

/**
 * How many bytes a request announces; null where it does not say.
 * @throws DomainError payload_too_large where they are more than `limit`
 */
export function announcedLength({ headers }: Request, limit: number): number | null {
  const announced = headers.get('Content-Length')
  if (announced === null) return null
  if (Number(announced) > limit) throw tooLarge(limit)
  return Number(announced)
}

/**
 * The bytes of a body as they come, at most `limit` and no others than were announced. Where nobody asks for more, the rest
 * is not read.
 * @throws DomainError payload_too_large; invalid_request when the caller ends or breaks it off
 */
export async function* arriving(request: Request, limit: number): AsyncGenerator<Uint8Array> {
  const announced = announcedLength(request, limit)
  let size = 0
  try {
    for await (const chunk of request.body ?? []) {
      size += chunk.byteLength
      if (size > limit) throw tooLarge(limit)
      yield chunk
    }
  } catch (error) {
    throw error instanceof DomainError ? error : brokenOff()
  }
  // Where the parser of HTTP has not held the caller to it.
  if (announced !== null && size !== announced) throw brokenOff()
}
