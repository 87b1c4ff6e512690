import { z } from 'zod'

const MAX_LENGTH = 500

/** What is kept, for readers of the contract: the check itself is made on the parsed address. */
const PATTERN = '^https://([a-z0-9-]+\\.)*linkedin\\.com([/?#]|$)'

/** One spelling of each URL, so that no later reader takes a backslash or a tab in it for something else. */
const normalize = (value: string): string => (URL.canParse(value) ? new URL(value).href : value)

function isOnLinkedin(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { protocol, hostname, username, password, port } = new URL(value)
  const own = hostname === 'linkedin.com' || hostname.endsWith('.linkedin.com')
  return protocol === 'https:' && own && username === '' && password === '' && port === ''
}

/** A page on linkedin.com. */
export const linkedinUrl = () =>
  z
    .string()
    .trim()
    .overwrite(normalize)
    .max(MAX_LENGTH, `At most ${MAX_LENGTH} characters.`)
    .refine(isOnLinkedin, 'An https address on linkedin.com, like https://www.linkedin.com/in/ada.')
    .meta({ format: 'uri', pattern: PATTERN, maxLength: MAX_LENGTH })
