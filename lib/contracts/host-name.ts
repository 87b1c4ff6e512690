import { z } from 'zod'

const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/

/** What would end a host name in a URL, or stand before it; URL parsers skip some of these instead of refusing them. */
const NOT_IN_A_NAME = /[\s/\\?#@:[\]%\p{Cc}]/u

/** Lower case, without the root's dot, in the ASCII form of an international name; as it came where it is no name. */
function normalize(value: string): string {
  const url = `https://${value}`
  if (NOT_IN_A_NAME.test(value) || !URL.canParse(url)) return value
  return new URL(url).hostname.replace(/\.$/, '')
}

/** Two labels or more, the last of them no number: `localhost` and addresses are no companies' domains. */
function isHostName(value: string): boolean {
  const labels = value.split('.')
  return value.length <= 253 && labels.length > 1 && labels.every((label) => LABEL.test(label)) && !/\.\d+$/.test(value)
}

/** A company's domain, kept in the one form in which domains are compared. */
export const hostName = () =>
  z
    .string()
    .max(1_000, 'At most 253 characters.')
    .trim()
    .overwrite(normalize)
    .refine(isHostName, 'A host name, like example.com.')
    .meta({ format: 'idn-hostname', maxLength: 253, example: 'example.com' })
