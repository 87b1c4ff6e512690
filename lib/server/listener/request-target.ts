import { isDecodable } from '@/lib/http/is-decodable'

/** What a request asks for: path and query, spelled in the one way that we read; or why it is refused. */
export type Target = { target: string } | { refusal: string }

/** RFC 3986, 3.3; and brackets, which browsers leave as they are. */
const PATH = /^\/[!$%&'()*+,./0-9:;=@A-Z[\]_a-z~-]*$/
/** `#` never travels: one reader would end the address there, another would not. */
const QUERY = /^[!"$-~]*$/
const ABSOLUTE = /^https?:\/\/([^/?#]*)(.*)$/i
const UNRESERVED = /[\w.~-]/
/** Slashes in disguise, and empty or dot segments: readers that decode or resolve them would see another path. */
const AMBIGUOUS = /%2F|%5C|\/\/|\/\.{1,2}(\/|$)/
const CONTROL = /%[01][0-9A-F]|%7F/

/** RFC 3986, 6.2.2: the same path, whichever of its letters were percent-encoded. */
const normalize = (path: string): string =>
  path.replace(/%[0-9a-f]{2}/gi, (octet) => {
    const character = String.fromCharCode(Number.parseInt(octet.slice(1), 16))
    return UNRESERVED.test(character) ? character : octet.toUpperCase()
  })

/** Whether a Host header names a host, with or without a port. */
export const isHost = (text: string): boolean => /^[\w.:[\]-]+$/.test(text) && URL.canParse(`http://${text}`)

/** A host with its port in the one way to write it; null for what is none. */
export const hostOf = (text: string): string | null => (isHost(text) ? new URL(`http://${text}`).host : null)

/**
 * Reads a request's target once for all: what decides where it goes, and both routers, see the same path. A spelling that
 * two readers could understand in two ways is refused.
 * @param url as the request line has it
 * @param host what the Host header says
 */
export function readTarget(url: string, host: string): Target {
  const [, authority, rest = url] = ABSOLUTE.exec(url) ?? []
  if (authority !== undefined && hostOf(authority) !== hostOf(host)) {
    return { refusal: 'The request line names another host than the Host header.' }
  }
  const mark = rest.indexOf('?')
  const spelled = mark < 0 ? rest : rest.slice(0, mark)
  const query = mark < 0 ? '' : rest.slice(mark)
  if (!spelled.startsWith('/')) {
    // RFC 9112, 3.2.2: of an absolute target the path may be empty.
    if (authority === undefined || spelled !== '') return { refusal: 'The request names no path.' }
    return { target: `/${query}` }
  }
  if (!PATH.test(spelled) || !QUERY.test(query) || !isDecodable(spelled)) {
    return { refusal: 'The path and the query must be percent-encoded UTF-8.' }
  }
  const path = normalize(spelled)
  if (AMBIGUOUS.test(path) || CONTROL.test(path)) {
    return { refusal: 'The path may have no dot or empty segments, and no encoded slashes or control characters.' }
  }
  return { target: path + query }
}

/** Whether a header came more than once. Node keeps the first of two hosts, others the last. */
export function comesTwice(name: string, rawHeaders: readonly string[]): boolean {
  let found = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const raw = rawHeaders[at]
    if (raw?.length === name.length && raw.toLowerCase() === name) found++
  }
  return found > 1
}
