import { z } from 'zod'

const MAX_URL = 2_048

/** One spelling of each URL. */
const normalize = (value: string): string => (URL.canParse(value) ? new URL(value).href : value)

function isPlainHttps(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { protocol, username, password } = new URL(value)
  return protocol === 'https:' && username === '' && password === ''
}

/** Where people are led to: https, and without a user name, which would be read as the host. */
export const httpsUrl = () =>
  z
    .string()
    .trim()
    .overwrite(normalize)
    .max(MAX_URL, `At most ${MAX_URL.toLocaleString('en')} characters.`)
    .refine(isPlainHttps, 'An https address, like https://example.com/thanks.')
    .meta({ format: 'uri', maxLength: MAX_URL })

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { origin, protocol, hostname } = new URL(value)
  return origin === value && (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname)))
}

/** A site, as browsers name it in `Origin` (RFC 6454): no path, no slash at its end. Http is for a developer's own machine. */
export const siteOrigin = () =>
  z
    .string()
    .trim()
    .toLowerCase()
    .max(300, 'At most 300 characters.')
    .refine(isOrigin, 'An origin, like https://www.example.com.')
    .meta({ format: 'uri', maxLength: 300 })
