import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { runtime } from '@/lib/base/node/runtime'
import { DAY_MS, SECOND_MS } from '@/lib/base/time'

/**
 * A browser in which somebody has signed in says so by a cookie that we have signed. Guesses that come with it are counted
 * by the browser and those of everybody else apart from them, so that whoever guesses at an account does not lock out its
 * owner (OWASP's "device cookie"). It opens nothing: whoever steals it can guess ten times more.
 */

/** How long a browser is known after the last sign-in. */
export const KNOWN_SECONDS = (365 * DAY_MS) / SECOND_MS

/** Of one browser: more would make a long header. */
const MOST_ACCOUNTS = 5

/** What is known of one account; whose it is, only its signature says. */
type Entry = { browser: string; expires: number; signature: string }

const sign = (email: string, browser: string, expires: number): string =>
  createHmac('sha256', runtime().authSecret)
    .update(JSON.stringify(['known browser', email, browser, expires]))
    .digest('base64url')

const isSignedFor = (email: string, { browser, expires, signature }: Entry): boolean => {
  const [given, right] = [Buffer.from(signature), Buffer.from(sign(email, browser, expires))]
  return given.length === right.length && timingSafeEqual(given, right)
}

const FORM = /^([\w-]{22})\.(\d{10})\.([\w-]{43})$/

/** What stands in the cookie, in whatever state it comes back. */
function readEntries(cookie: string | null): Entry[] {
  const entries = (cookie ?? '').split('~', MOST_ACCOUNTS).map((text) => FORM.exec(text))
  return entries.flatMap((match) => {
    const [, browser = '', expires, signature = ''] = match ?? []
    return match ? [{ browser, expires: Number(expires), signature }] : []
  })
}

const nowInSeconds = () => Math.floor(Date.now() / SECOND_MS)

/** By what name the browser is known for the account with this email; null: it is not. */
export function knownBrowser(cookie: string | null, email: string): string | null {
  const known = readEntries(cookie).find((entry) => isSignedFor(email, entry))
  return known && known.expires > nowInSeconds() ? known.browser : null
}

/** The cookie after a sign-in with this email; what it holds of other accounts stays, the latest five. */
export function rememberBrowser(cookie: string | null, email: string): string {
  const browser = randomBytes(16).toString('base64url')
  const expires = nowInSeconds() + KNOWN_SECONDS
  const others = readEntries(cookie).filter((entry) => !isSignedFor(email, entry))
  return [{ browser, expires, signature: sign(email, browser, expires) }, ...others]
    .slice(0, MOST_ACCOUNTS)
    .map((entry) => `${entry.browser}.${entry.expires}.${entry.signature}`)
    .join('~')
}
