import { DomainError, validationFailed } from '@/lib/base/errors'
import { decodeJson, readBytes } from '@/lib/http/body/read-body'
import type { FormField } from '@/lib/resources/forms/fields/contract'

/** In bytes: the longest answer there is, in letters of which each is percent-encoded, and the others beside it. */
const SENT_LIMIT = 131_072

const URLENCODED = 'application/x-www-form-urlencoded'

/** Of `multipart/form-data; boundary=…`, what it is. */
const mediaType = (header: string | null) => (header ?? '').split(';', 1)[0]?.trim().toLowerCase()

/**
 * What was sent to a form: by a browser, as it encodes forms, or as a JSON object.
 * @throws DomainError unsupported_media_type, payload_too_large, malformed_json, invalid_request, validation_failed
 */
export async function readSent(request: Request, fields: readonly FormField[]): Promise<Record<string, unknown>> {
  const type = mediaType(request.headers.get('Content-Type'))
  if (type !== URLENCODED && type !== 'application/json') {
    throw new DomainError('unsupported_media_type', `Send answers as ${URLENCODED}, or as JSON.`)
  }
  const bytes = await readBytes(request, SENT_LIMIT)
  return type === URLENCODED ? fromBrowser(bytes, fields) : fromJson(decodeJson(bytes))
}

function fromJson(sent: unknown): Record<string, unknown> {
  if (typeof sent === 'object' && sent !== null && !Array.isArray(sent)) return Object.fromEntries(Object.entries(sent))
  throw validationFailed([{ path: '', message: 'An object is needed here.' }])
}

/** A box that is ticked is sent with its value, one that is not is not sent. */
function fromBrowser(bytes: Uint8Array, fields: readonly FormField[]): Record<string, unknown> {
  const sent = new URLSearchParams(new TextDecoder().decode(bytes))
  const boxes = new Set(fields.flatMap(({ kind, name }) => (kind === 'checkbox' ? [name] : [])))
  const seen = new Set<string>()
  const repeated = [...sent.keys()].find((name) => seen.size === seen.add(name).size)
  if (repeated !== undefined) throw validationFailed([{ path: repeated, message: 'Send this once.' }])
  const isTicked = (name: string, value: string) => boxes.has(name) && (value === 'true' || value === 'on')
  // Browsers end lines with two characters.
  const writtenAs = (name: string, value: string) => isTicked(name, value) || value.replaceAll('\r\n', '\n')
  return Object.fromEntries([...sent].map(([name, value]) => [name, writtenAs(name, value)]))
}
