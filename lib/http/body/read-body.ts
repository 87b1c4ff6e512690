import { DomainError } from '@/lib/base/errors'
import { announcedLength, arriving, brokenOff } from '@/lib/http/body/arriving'
import { parseJson } from '@/lib/http/body/parse-json'

const DEFAULT_LIMIT = 1_048_576

/** What is read, in bytes, of whoever has shown neither a session nor a key: a name, a password and a token are less. */
export const OPEN_LIMIT = 16_384

const JSON_TYPES = ['application/json', 'application/merge-patch+json']

function requireJsonType(header: string | null) {
  const [type = '', ...parameters] = (header ?? '').toLowerCase().split(';')
  const charset = parameters.map((part) => part.trim()).find((part) => part.startsWith('charset='))
  const utf8 = charset === undefined || /^charset="?utf-8"?$/.test(charset)
  if (!JSON_TYPES.includes(type.trim()) || !utf8) {
    throw new DomainError(
      'unsupported_media_type',
      'Send the body as JSON in UTF-8, with Content-Type: application/json.',
    )
  }
}

/**
 * Reads at most `limit` bytes; a longer body is refused before, or as soon as, it is known to be longer.
 * @throws DomainError payload_too_large; invalid_request when the caller ends or breaks it off
 */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  if (announcedLength(request, limit) === null) return gather(request, limit)
  try {
    // An announced length is held to by the HTTP parser, so nothing needs counting.
    return new Uint8Array(await request.arrayBuffer())
  } catch {
    throw brokenOff()
  }
}

async function gather(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  for await (const chunk of arriving(request, limit)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** @throws DomainError unsupported_media_type */
export function requireUncompressed(headers: Headers) {
  const encoding = headers.get('Content-Encoding')
  if (encoding === null || encoding.toLowerCase() === 'identity') return
  throw new DomainError('unsupported_media_type', 'Send the body uncompressed, without Content-Encoding.')
}

/**
 * The JSON body of a request.
 * @param limit in bytes
 * @throws DomainError payload_too_large, unsupported_media_type, malformed_json, invalid_request
 */
export async function readBody(request: Request, limit = DEFAULT_LIMIT): Promise<unknown> {
  requireUncompressed(request.headers)
  requireJsonType(request.headers.get('Content-Type'))
  return decodeJson(await readBytes(request, limit))
}

/** @throws DomainError malformed_json, validation_failed */
export function decodeJson(bytes: Uint8Array): unknown {
  if (bytes.byteLength === 0) throw new DomainError('malformed_json', 'The body is empty; send a JSON object.')
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    if (error instanceof DomainError) throw error
    throw new DomainError('malformed_json', 'The body is not UTF-8.')
  }
}
